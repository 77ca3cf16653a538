/** The rows of the table: what each says of a run, or why it says nothing. */

import type { Answer, Evaluation } from '../../engine/protocol';
import { fixed, percent, withError } from '../../i18n/format';
import { words, type TermName } from '../../i18n';

type Ruler = Answer<'ruler'>;
type Distance = NonNullable<Ruler['energy_distance']>;

/** What is known of a run at a step. */
export interface Measured {
  ruler: Ruler;
  /** The last one up to that step; null: none yet. */
  evaluation: Evaluation | null;
}

/** What stands in a cell: a value with its error and what kind of number it is, or the reason why there is none. */
export type Cell = { value: string; error: string | null; kind: string | null } | { why: string };

export interface Row {
  name: keyof typeof words.views.ruler.rows;
  term: TermName | null;
  cell: (run: Measured) => Cell;
  /** What a perfect model would have; null: that says nothing. */
  perfect: (runs: readonly Measured[]) => string | null;
}

const told = (value: string, error: string | null = null, kind: string | null = null): Cell => ({
  value,
  error,
  kind,
});

const nats = (value: number, { ruler, evaluation }: Measured): Cell => {
  const text = words.views.ruler;
  const written = withError(value, evaluation?.standard_error ?? null);
  return told(written.value, written.error, ruler.density === 'exact' ? null : text.bound);
};

/** Digits that are known of a distance, by what chance makes of it. */
const decimals = ({ null_95 }: Distance) =>
  null_95 > 0 ? Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(null_95)))) : 3;

const distance = (found: Distance | null): Cell => {
  if (!found) return { why: words.views.ruler.notFinite };
  const written = (value: number) => fixed(value, decimals(found));
  const { value, standard_error } = found;
  return told(written(value), standard_error === null ? null : written(standard_error));
};

/** Of several runs the most. */
const byChance = (runs: readonly Measured[], of: (ruler: Ruler) => Distance | null): string | null => {
  const all = runs.flatMap(({ ruler }) => of(ruler) ?? []);
  const most = all.sort((a, b) => b.null_95 - a.null_95)[0];
  return most ? words.views.ruler.below(fixed(most.null_95, decimals(most))) : null;
};

const share = (value: number | null): Cell =>
  value === null ? { why: words.views.ruler.notFinite } : told(percent(value));

const known = (runs: readonly Measured[]): Measured | null => runs[0] ?? null;

const passes = (value: number | null): Cell =>
  value === null ? { why: words.views.ruler.notCounted } : told(String(value));

/** What the target has by itself that it is asked of: its support holds all but a thousandth of its mass. */
const OUTSIDE = 1e-3;

export const ROWS: readonly Row[] = [
  {
    name: 'nll',
    term: 'nll',
    cell: (run) =>
      run.ruler.density === 'none'
        ? { why: words.views.ruler.noDensity }
        : nats(run.evaluation?.nll ?? NaN, run),
    perfect: (runs) => {
      const entropy = known(runs)?.evaluation?.entropy ?? null;
      return entropy === null ? null : fixed(entropy, 3);
    },
  },
  {
    name: 'kl',
    term: 'kl',
    cell: (run) => {
      if (run.ruler.density === 'none') return { why: words.views.ruler.noDensity };
      const kl = run.evaluation ? run.evaluation.kl : NaN;
      return kl === null ? { why: words.views.ruler.noEntropy } : nats(kl, run);
    },
    perfect: (runs) => ((known(runs)?.evaluation?.entropy ?? null) === null ? null : '0'),
  },
  {
    name: 'energy',
    term: 'energy',
    cell: ({ ruler }) => distance(ruler.energy_distance),
    perfect: (runs) => byChance(runs, (ruler) => ruler.energy_distance),
  },
  {
    name: 'wasserstein',
    term: 'wasserstein',
    cell: ({ ruler }) => distance(ruler.sliced_wasserstein),
    perfect: (runs) => byChance(runs, (ruler) => ruler.sliced_wasserstein),
  },
  ...(['precision', 'recall'] as const).map((name): Row => ({
    name,
    term: name,
    cell: ({ ruler }) => share(ruler[name]),
    perfect: (runs) => {
      const perfect = known(runs)?.ruler.perfect ?? null;
      return perfect === null ? null : percent(perfect);
    },
  })),
  {
    name: 'modes',
    term: 'modes',
    cell: ({ ruler: { modes } }) =>
      modes ? told(words.views.ruler.of(modes.covered, modes.of)) : { why: words.views.ruler.onlyRows },
    perfect: (runs) => {
      const modes = known(runs)?.ruler.modes;
      return modes ? String(modes.of) : null;
    },
  },
  {
    name: 'thread',
    term: 'thread',
    cell: ({ ruler: { off_support_mass: mass } }) =>
      mass === null ? { why: words.views.ruler.onlyRows } : told(percent(mass)),
    perfect: (runs) => ((known(runs)?.ruler.off_support_mass ?? null) === null ? null : percent(OUTSIDE)),
  },
  {
    name: 'sample',
    term: null,
    cell: ({ ruler }) => passes(ruler.evaluations_per_sample),
    perfect: () => null,
  },
  {
    name: 'density',
    term: null,
    cell: ({ ruler }) =>
      ruler.density === 'none' ? { why: words.views.ruler.noDensity } : passes(ruler.evaluations_per_density),
    perfect: () => null,
  },
];
