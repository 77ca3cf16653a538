/** A package that ships. */
export interface Licensed {
  name: string;
  version: string;
  licence: string;
  source: string;
  texts: string[];
}
export function isAllowed(licence: string, allowed: string[]): boolean;
export function checked(packages: Licensed[], allowed?: string[]): Licensed[];
