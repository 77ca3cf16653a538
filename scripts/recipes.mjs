// `node scripts/recipes.mjs`: the recipe of version 0.1 against the one that an Experiment begins with now, over families and
// targets, as the table of docs/performance.md. It takes an hour on one core; what it has measured stays in target/recipes.jsonl,
// and is not measured again.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.mjs';

const STEPS = 5000;
const SEEDS = 3;
const RECIPES = { old: ['--learning-rate', '0.001', '--ema-decay', '0'], recommended: [] };
const TARGETS = ['two-moons', 'eight-gaussians', 'pinwheel', 'checkerboard', 'four-rings', 'crescent'];
const FAMILIES = ['maf', 'realnvp', 'spline', 'made'];
const OTHERS = ['nade', 'iaf', 'nice', 'glow', 'spline-coupling'];
const cases = [
  ...TARGETS.flatMap((target) => FAMILIES.map((model) => ({ target, model }))),
  ...OTHERS.map((model) => ({ target: 'two-moons', model })),
];

const file = join(root, 'target', 'recipes.jsonl');
const kept = existsSync(file)
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

function measure(target, model, recipe) {
  const known = kept.find((one) => one.target === target && one.model === model && one.recipe === recipe);
  if (known) return known.runs;
  const asked = [
    '--target',
    target,
    '--model',
    model,
    '--until-kl',
    '0.06',
    '--steps',
    STEPS,
    '--seeds',
    SEEDS,
    '--json',
  ];
  const args = ['run', '--release', '--quiet', '--example', 'train', '--', ...asked, ...RECIPES[recipe]].map(
    String,
  );
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const { runs } = JSON.parse(stdout);
  appendFileSync(file, `${JSON.stringify({ target, model, recipe, runs })}\n`);
  return runs;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The first evaluation from which the KL stays under a threshold. */
function until(curve, threshold) {
  const over = curve.findLastIndex(([, kl]) => !(kl < threshold));
  return curve[over + 1]?.[0] ?? Infinity;
}
const word = (steps) => (steps === Infinity ? 'never' : steps.toLocaleString('en'));

console.log('| target | model | a third | a tenth | the old end | KL at the end |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const { target, model } of cases) {
  const [old, now] = Object.keys(RECIPES).map((recipe) => measure(target, model, recipe));
  const end = median(old.map((run) => run.kl));
  const start = median(old.map((run) => run.curve[0][1]));
  const steps = (runs, threshold) => median(runs.map(({ curve }) => until(curve, threshold)));
  const columns = [3, 10, Infinity].map((part) => {
    const threshold = end + (start - end) / part;
    return `${word(steps(old, threshold))} → ${word(steps(now, threshold))}`;
  });
  const ends = [old, now].map((runs) => median(runs.map((run) => run.kl)).toFixed(4));
  console.log(`| ${target} | ${model} | ${columns.join(' | ')} | ${ends.join(' → ')} |`);
}
