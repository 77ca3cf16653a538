import type { DataTable } from './data-table';

/** Bytes that a table takes, about. */
export const bytesOf = ({ values, parts }: DataTable): number =>
  values.byteLength + (parts?.byteLength ?? 0) + 1000;
