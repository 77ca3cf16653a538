/** What a tab holds that a person made, as it is kept in this browser: a reload, a crash or a closed tab does not take it away. */

import type { Experiment, Saved } from '../engine/protocol';
import type { Units } from '../files/placement';
import type { Trained } from './trained-runs';
import { tableOf } from './waiting-rows';

/** Counts up with every change of what follows. What a newer page kept is left alone. */
export const VERSION = 1;

/** One run. The database keeps which Experiments are the same object, and so whose parameters are whose. */
export interface RunSnapshot {
  experiment: Experiment;
  /** Null: at step 0. */
  trained: Trained | null;
  /** States to go back to and forth to, the next one last. */
  past: Experiment[];
  future: Experiment[];
  /** What was trained of them. */
  kept: [Experiment, Trained][];
}

export interface Snapshot {
  version: number;
  /** The work that it is of; a work lives in one tab at a time. */
  work: string;
  /** Rises with every write of any tab, whatever the clock says. */
  order: number;
  /** Milliseconds since 1970 by the clock of this computer, which may be wrong: to be told, not to be reckoned with. */
  time: number;
  /** A person has changed or trained something: it is offered again. */
  made: boolean;
  /** What stands behind the # of the address: views, temperature and what is shown are read from there. */
  link: string;
  /** Place of the run that the controls are about. */
  chosen: number;
  playing: boolean;
  runs: RunSnapshot[];
  /** Columns that drawings were made of, by the drawing's cells. */
  units: [string, Units][];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const all = (list: unknown, is: (one: unknown) => boolean): boolean => Array.isArray(list) && list.every(is);
const isPair = (value: unknown): value is [unknown, unknown] => Array.isArray(value) && value.length === 2;
const isFinite = (value: unknown): value is number => Number.isFinite(value);

/** What the page itself asks of an Experiment before the core has seen it. */
const isExperiment = (value: unknown): value is Experiment => {
  if (!isObject(value)) return false;
  const { target, model, objective, optimiser } = value;
  return (
    isObject(target) &&
    typeof target['kind'] === 'string' &&
    (target['kind'] !== 'drawn' || typeof target['cells'] === 'string') &&
    (target['kind'] !== 'table' || tableOf(value) !== null) &&
    isObject(model) &&
    typeof model['family'] === 'string' &&
    isObject(objective) &&
    isObject(optimiser)
  );
};

/** Values of an evaluation may be infinite. */
const isEvaluation = (value: unknown): boolean =>
  isObject(value) &&
  Number.isInteger(value['step']) &&
  typeof value['nll'] === 'number' &&
  // Of rows nobody knows entropy and KL.
  [value['entropy'], value['kl']].every((number) => number === null || typeof number === 'number');

const isTrained = (value: unknown): value is Trained => {
  if (!isObject(value) || !isObject(value['saved']) || !all(value['evaluations'], isEvaluation)) return false;
  const { step, values } = value['saved'] as Partial<Saved>;
  return Number.isInteger(step) && values instanceof Float32Array;
};

const isRun = (value: unknown): value is RunSnapshot => {
  if (!isObject(value)) return false;
  const { experiment, trained, past, future, kept } = value;
  const isKept = (one: unknown) => isPair(one) && isExperiment(one[0]) && isTrained(one[1]);
  return (
    isExperiment(experiment) &&
    (trained === null || isTrained(trained)) &&
    all(past, isExperiment) &&
    all(future, isExperiment) &&
    all(kept, isKept)
  );
};

const isScaling = (value: unknown): boolean =>
  isObject(value) && isFinite(value['origin']) && isFinite(value['unit']);

/** A column's own name, or what one without a name is called. */
const isName = (value: unknown): boolean =>
  typeof value === 'string' ||
  (isObject(value) && value['key'] === 'column' && all(value['values'], isFinite));

const isUnits = (value: unknown): boolean => {
  if (!isPair(value) || typeof value[0] !== 'string' || !isObject(value[1])) return false;
  const { names, scalings } = value[1];
  return isPair(names) && names.every(isName) && isPair(scalings) && scalings.every(isScaling);
};

/** What came out of the database, where it has the form of this version; what the Experiments say the core checks. */
export function asSnapshot(value: unknown): Snapshot | null {
  if (!isObject(value) || value['version'] !== VERSION) return null;
  const { work, order, time, made, link, chosen, playing, runs, units } = value;
  const strings = [work, link].every((text) => typeof text === 'string');
  const numbers = [order, time, chosen].every(isFinite);
  const switches = [made, playing].every((one) => typeof one === 'boolean');
  const lists = Array.isArray(runs) && runs.length > 0 && runs.every(isRun) && all(units, isUnits);
  return strings && numbers && switches && lists ? (value as unknown as Snapshot) : null;
}

/** Bytes that it takes, about: parameters and drawings are nearly all of it. */
export function sizeOf({ runs, link }: Pick<Snapshot, 'runs' | 'link'>): number {
  const ofTrained = (one: Trained | null) =>
    one ? one.saved.values.byteLength + 40 * one.evaluations.length : 0;
  const ofExperiment = (one: Experiment) => 500 + (one.target.kind === 'drawn' ? one.target.cells.length : 0);
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  return (
    link.length +
    sum(
      runs.map(
        ({ experiment, trained, past, future, kept }) =>
          sum([experiment, ...past, ...future].map(ofExperiment)) +
          sum([trained, ...kept.map(([, one]) => one)].map(ofTrained)),
      ),
    )
  );
}
