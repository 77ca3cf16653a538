// `node scripts/tables.mjs`: flows on three small tables beside what densities were estimated by before, as the table of docs/data.md.
// A minute or two.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib.mjs';

const WINE =
  'alcohol,malic_acid,ash,alcalinity_of_ash,magnesium,total_phenols,flavanoids,nonflavanoid_phenols,proanthocyanins,color_intensity,hue,' +
  'od280_od315_of_diluted_wines,proline';
const TABLES = {
  'old-faithful': 'eruption_min,waiting_min',
  penguins: 'beak_length_mm,beak_depth_mm,flipper_length_mm,body_mass_g',
  wine: WINE,
};
const MODELS = {
  'MAF, 5 layers': ['--model', 'maf', '--layers', '5'],
  'spline, 3 layers': ['--model', 'spline', '--layers', '3', '--bins', '8'],
};
const RECIPE = [
  ...['--hidden', '64,64', '--batch', '128', '--learning-rate', '0.001'],
  ...['--schedule', 'constant', '--ema-decay', '0', '--steps', '600'],
];
const SEEDS = [1, 2, 3];

function fit(table, model, seed, more) {
  const file = join('data', `${table}.csv`);
  const asked = ['--csv', file, '--columns', TABLES[table], ...model, ...RECIPE, '--seed', seed, ...more];
  const args = ['run', '--release', '--quiet', '--example', 'train', '--', ...asked, '--json'].map(String);
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) return { failed: stderr.trim() };
  return JSON.parse(stdout);
}

/** Three decimals as long as they mean something. */
const nats = (value) =>
  value === null ? 'infinite' : Math.abs(value) < 1e4 ? value.toFixed(3) : value.toExponential(0);
const signed = (value) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(1);

console.log(
  '| table (training rows, columns) | Gaussian | mixture (components) | kernel (width) | model | at the best step (step) | to the best baseline (standard errors) | at step 600 |',
);
console.log(`|${' --- |'.repeat(8)}`);
for (const table of Object.keys(TABLES)) {
  for (const [name, model] of Object.entries(MODELS)) {
    const best = SEEDS.map((seed) => fit(table, model, seed, ['--early-stopping']));
    const last = SEEDS.map((seed) => fit(table, model, seed, []));
    const [first] = best;
    if (first.failed) throw new Error(first.failed);
    const each = (fits, word) => fits.map((one) => (one.failed ? 'stopped' : word(one))).join(', ');
    console.log(
      `| ${[
        `${table} (${first.train_rows}, ${first.dim})`,
        nats(first.gaussian_nll),
        `${nats(first.mixture_nll)} (${first.mixture_components})`,
        `${nats(first.kernel_nll)} (${first.kernel_width.toFixed(2)})`,
        name,
        each(best, (one) => `${nats(one.nll_test)} (${one.best_step})`),
        `${first.paired.against}: ${each(best, ({ paired: { difference, z } }) => `${signed(difference)} (${z === null ? 'none' : signed(z)})`)}`,
        each(last, (one) => nats(one.nll_test)),
      ].join(' | ')} |`,
    );
  }
}
