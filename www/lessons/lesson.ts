/** A lesson, as `scripts/lesson.mjs` makes it from its file. */

/** Text within a line. */
export type Inline =
  | string
  | { strong: Inline[] }
  | { em: Inline[] }
  | { code: string }
  | { math: string; display: boolean }
  | { span: Inline[]; colour?: string; term?: string; href?: string };

export type Block = { p: Inline[] } | { list: Inline[][]; ordered: boolean };

/** What a run is to show once it has taken its steps. */
export interface Expectation {
  /** Which of the runs side by side. */
  run: number;
  /** A name of `measures.ts`. */
  measure: string;
  relation: '<' | '>' | '=';
  bound: number;
}

/** Experiments and views to set up, as a link of the page. */
export interface Figure {
  link: string;
  /** Steps after which the expectations are to hold. */
  steps: number;
  /** True where the repository has its parameters after these steps. */
  trained: boolean;
  expect: Expectation[];
  /** Panels of the laboratory that are offered beside it. */
  controls: Panel[];
}

export type Panel = 'target' | 'model' | 'objective' | 'optimiser' | 'temperature';

export interface Part {
  title: string;
  exercise: boolean;
  /** The line for a projector. */
  say: Inline[];
  body: Block[];
  guess: { text: Inline[]; right: boolean }[] | null;
  figure: Figure | null;
  answer: { body: Block[]; figure: Figure | null } | null;
}

export interface Head {
  title: string;
  question: string;
  /** How long it takes in a class. */
  minutes: number;
  /** What one should have seen before. */
  needs: string;
  /** What the teacher should know beforehand. */
  teacher: string;
  /** What each part is called in an address, where that is not its place: a part that came later leaves the links to others as they are. */
  numbers?: number[];
  references: { authors: string; title: string; year: number }[];
}

export interface Lesson {
  head: Head;
  parts: Part[];
}
