/** What a person calls the runs side by side. */
export const NAMES = ['A', 'B', 'C', 'D'] as const;
