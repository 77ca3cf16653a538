export function textsOf(name: string, folder: string): string[];
