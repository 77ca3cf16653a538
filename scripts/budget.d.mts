export interface Weight {
  file: string;
  bytes: number;
  gzip: number;
}
interface Packed {
  gzip: number;
  brotli: number;
}
export interface Budget extends Packed {
  name: string;
  allowed: Packed;
  files: Weight[];
}
export function weights(): Weight[];
export function budgets(all?: Weight[]): Budget[];
export function budget(): void;
