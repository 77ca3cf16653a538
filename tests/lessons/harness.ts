/** Lessons without a page: their runs are trained by the core, in Node, and asked what they were expected to show. */

import { square } from '../../www/render/plane';
import type { Cost, Experiment, Question } from '../../www/engine/protocol';
import type { Expectation, Figure } from '../../www/lessons/lesson';
import { measures } from '../../www/lessons/measures';
import { fromLink } from '../../www/state/link';
import { floats, Probe, Run, run, stage } from '../browser/core';

/** The runs of a figure after its steps. */
export async function train({ link, steps }: Figure): Promise<Run[]> {
  const { experiments } = await fromLink(link);
  return experiments.map((experiment) => {
    const one = run(experiment);
    if (steps > 0) one.train(steps);
    return one;
  });
}

/** A measured value of a run. */
export function measure(one: Run, name: string): number {
  const how = measures[name];
  if (!how) throw new Error(`there is no measure ${name}`);
  if ('value' in how) {
    const coverage = { modes: one.coverage(), offSupportMass: one.offSupportMass() };
    const evaluations = one.history(0);
    return how.value({ evaluation: evaluations.at(-1) ?? null, evaluations, coverage } as never);
  }
  const experiment = one.experiment() as Experiment;
  if ('cost' in how) {
    const { family, layers } = experiment.model;
    const probe = new Probe(family, 2, 16, layers);
    const cost: Cost = {
      density: probe.take(false, 16),
      sampling: probe.take(true, 16),
      densityTime: 0,
      samplingTime: 0,
    };
    return how.cost(cost);
  }
  const { ask, about } = how.question(square(stage(experiment.target))) as Question;
  const answer = (one[ask] as (...about: unknown[]) => unknown).apply(one, about);
  return how.answer((answer instanceof Uint8Array ? floats(answer) : answer) as never);
}

/** An expectation in words, for a test's message. */
export const inWords = ({ run: index, measure: name, relation, bound }: Expectation): string =>
  `${'ABCD'.charAt(index)}.${name} ${relation} ${bound}`;
