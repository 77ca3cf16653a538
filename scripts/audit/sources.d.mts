interface Named {
  name: string;
  version: string;
}
export function crateSources(lock: (Named & { source?: string })[], allowed: string[]): string[];
export function crateWildcards(
  manifests: { name: string; dependencies: { name: string; req: string; path: string | null }[] }[],
): string[];
export function duplicates(crates: Named[], skip: { crate: string }[]): string[];
export function npmSources(
  manifest: { dependencies?: Record<string, string>; devDependencies?: Record<string, string> },
  lock: { packages: Record<string, { integrity?: string; resolved?: string }> },
): string[];
export function sources(): Promise<string[]>;
