export interface Weight {
  file: string;
  bytes: number;
  gzip: number;
}
export interface Budget {
  name: string;
  allowed: number;
  files: Weight[];
  gzip: number;
}
export function weights(): Weight[];
export function budgets(all?: Weight[]): Budget[];
export function budget(): void;
