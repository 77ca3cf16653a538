/** Points, each a list of its numbers. */
export type Rows = readonly ArrayLike<number>[];
