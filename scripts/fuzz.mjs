// `npm run fuzz`: gives every reader inputs that nobody would write, for as long as one likes. Inputs that reach what none before them reached
// are kept and changed further; the least set of them that reaches as much is written to tests/fuzz/corpus/, and what goes wrong to
// tests/fuzz/found/. Every test run reads both.
//
//   npm run fuzz                     all readers of the page, 20 seconds each
//   npm run fuzz -- link 600         one reader, ten minutes
//   npm run fuzz -- core table 600   one of the core, which needs a nightly compiler and cargo-fuzz (cargo install cargo-fuzz)

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, npx, root, run, tools, Trouble, wasm } from './lib.mjs';

const CORE = ['table', 'experiment', 'fixture'];
/** Bytes of an input at most: what is longer shows no more, slower. */
const LONGEST = 2048;

/** One reader of the core: each line of its corpus is an input in base64. */
function core(reader, seconds) {
  if (!CORE.includes(reader)) throw new Trouble(`The core's readers are ${CORE.join(', ')}.`);
  const kept = join(root, 'tests', 'fuzz', 'corpus', 'core', `${reader}.txt`);
  const found = join(root, 'tests', 'fuzz', 'found', 'core', reader);
  const [work, least] = ['work', 'least'].map((name) => join(root, 'target', 'fuzz', reader, name));
  rmSync(join(root, 'target', 'fuzz', reader), { recursive: true, force: true });
  for (const folder of [work, least, found]) mkdirSync(folder, { recursive: true });
  const lines = readFileSync(kept, 'utf8').trim().split('\n');
  lines.forEach((line, i) => writeFileSync(join(work, `kept-${i}`), Buffer.from(line, 'base64')));
  const fuzz = (folders, ...options) => {
    const all = ['--target-dir', 'target/fuzz-build', reader, ...folders, '--', ...options];
    run('cargo', ['+nightly', 'fuzz', 'run', ...all, `-max_len=${LONGEST}`, `-artifact_prefix=${found}/`]);
  };
  const limits = ['-timeout=10', '-rss_limit_mb=2048', `-max_total_time=${seconds}`];
  fuzz([work], ...limits, `-dict=fuzz/${reader}.dict`, '-print_final_stats=1', '-verbosity=0');
  // By the edges alone: by how often each is passed there would be thousands.
  fuzz([least, work], '-set_cover_merge=1', '-use_counters=0');
  const all = readdirSync(least).map((name) => readFileSync(join(least, name)).toString('base64'));
  writeFileSync(kept, `${all.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).join('\n')}\n`);
}

await command(async () => {
  const [reader, ...rest] = process.argv.slice(2);
  if (reader === 'core') return core(rest[0], rest[1] ?? '60');
  await tools();
  wasm();
  process.env.FUZZ_SECONDS = rest[0] ?? '20';
  if (reader !== undefined && reader !== 'all') process.env.FUZZ_READER = reader;
  npx('vitest', 'run', '--config', 'tests/fuzz/vitest.config.ts');
});
