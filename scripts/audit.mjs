// `npm run audit`: what is asked of dependencies by deny.toml, then what is known against the pinned versions, of crates and npm packages.
//
// cargo-deny itself takes minutes to compile: the same rules are read here, and known advisories are asked of OSV, which has RustSec's.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './audit/exceptions.mjs';
import { npmAudit } from './audit/npm.mjs';
import { osv } from './audit/osv.mjs';
import { sources } from './audit/sources.mjs';
import { command, packages, root, rust, Trouble } from './lib.mjs';

await command(async () => {
  rust();
  await packages();
  const faults = await sources();
  const exceptions = JSON.parse(readFileSync(join(root, 'audit-exceptions.json'), 'utf8'));
  const answers = await Promise.all([osv(), npmAudit()]);
  const { failures, notes } = judge(answers, exceptions, new Date());
  for (const note of notes) console.log(note);
  const all = [...faults, ...failures];
  if (all.length > 0) throw new Trouble(all.join('\n'));
  console.log('No dependency goes against deny.toml, and none that could be asked about has an advisory.');
});
