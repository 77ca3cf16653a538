/** Room for the axes of a stage, in pixels. */
export const LEFT = 34;
export const BOTTOM = 26;
