/** Milliseconds out of sight after which training rests: whoever only looks something up finds it where it would be. */
export const OUT_OF_SIGHT = 5000;
