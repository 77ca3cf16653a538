/** What views ask of a run, and what is answered. */

import type * as core from './pkg/density_playground';
import type * as views from './pkg/density_playground_views';
import type { Complete } from './types';

/** The core's build for the views has the one that trains, and what they can ask it: a method that answers. */
type Questions = Omit<views.Run, keyof core.Run>;
export type QuestionName = {
  [K in keyof Questions]: ReturnType<Questions[K]> extends object ? K : never;
}[keyof Questions];

type ArgumentsOf<T> = T extends (...args: infer Args) => unknown ? Args : never;

/** A question and what it is about. */
export type Question<Name extends QuestionName = QuestionName> = {
  [K in Name]: { ask: K; about: ArgumentsOf<views.Run[K]> };
}[Name];

/** What the core answers. */
export type Answer<Name extends QuestionName> = Complete<ReturnType<views.Run[Name]>>;

/** A model whose cost is asked for. */
export interface Costed {
  family: string;
  /** Variables. */
  dim: number;
  /** Units of each of two hidden layers. */
  units: number;
  /** Null: as many as the family starts with. */
  layers: number | null;
  /** Points at once. */
  points: number;
}

/** What a model's parameters mean, as a saved model holds it for other programs. */
export type Description = views.Description;

/** What a model of some family and number of variables costs. */
export interface Cost {
  /** Network passes, of a point. */
  density: number;
  sampling: number;
  /** Milliseconds for the points that were asked for. */
  densityTime: number;
  samplingTime: number;
}
