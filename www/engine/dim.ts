import type { TargetSpec } from './types';

/** Number of variables of a target. */
export const dimOf = (target: TargetSpec): number => (target.kind === 'table' ? target.columns.length : 2);
