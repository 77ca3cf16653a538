let last = 0;

/** The next id. One count for the whole page: a later request has a higher one, and no two have the same, whatever they ask of whom. */
export const nextId = (): number => ++last;
