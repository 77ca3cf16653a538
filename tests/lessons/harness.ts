/** Lessons without a page: their runs are trained by the core, in Node, and asked what they were expected to show. */

import { readFileSync } from 'node:fs';
import { square } from '../../www/render/plane';
import type { Cost, Experiment, Question } from '../../www/engine/protocol';
import type { Expectation, Figure } from '../../www/lessons/lesson';
import { measures } from '../../www/lessons/measures';
import { fromLink, type Page } from '../../www/state/link';
import { unpackRows } from '../../www/state/packed-rows';
import { tablesOf } from '../../www/state/waiting-rows';
import { builtinOf } from '../../www/tables/builtin';
import { readBuiltin } from '../../www/tables/read-builtin';
import { tables } from '../../www/tables/tables.svelte';
import { floats, Probe, provide, Run, run, stage } from '../browser/core';

/** What a link holds; the core and the page have the tables that it is about. */
export async function opened(link: string): Promise<Page<unknown>> {
  const page = await fromLink(link);
  const inLink = await Promise.all((page.rows ?? []).map(unpackRows));
  const builtin = tablesOf(page.experiments).flatMap(({ hash }) => builtinOf(hash) ?? []);
  const own = builtin.map(({ name, url }) => readBuiltin(name, readFileSync(url.replace(/^\//, ''), 'utf8')));
  for (const table of [...inLink, ...own]) {
    provide(table);
    tables.hold(table);
  }
  return page;
}

/** The runs of a figure after its steps. */
export async function train({ link, steps }: Figure): Promise<Run[]> {
  const { experiments } = await opened(link);
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
  const experiment = one.experiment() as Experiment;
  if ('value' in how) {
    // Of a table nobody knows its modes and where there is mass.
    const known = experiment.target.kind !== 'table';
    const coverage = known ? { modes: one.coverage(), offSupportMass: one.offSupportMass() } : null;
    const evaluations = one.history(0);
    return how.value({
      evaluation: evaluations.at(-1) ?? null,
      evaluations,
      coverage,
      target: experiment.target,
    } as never);
  }
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
