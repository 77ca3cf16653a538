/** What `npm run check` says of an import that goes up: the two files, and the rule that they break. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** What dependency-cruiser says of a page that consists of `files`, by their paths. */
function complaints(files: Record<string, string>): { code: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  for (const [path, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const cruise = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = resolve('.dependency-cruiser.mjs');
  const { status, stdout } = spawnSync(process.execPath, [cruise, '--config', rules, 'www'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  rmSync(folder, { recursive: true });
  return { code: status, said: stdout };
}

/** A run starts a process that reads the page. */
const LONG = 60_000;

test(
  'imports that go down are in order',
  () => {
    const { code, said } = complaints({
      'www/views/modes/Modes.svelte': '<script lang="ts">import { a } from "../../state/a"; a();</script>',
      'www/state/a.ts': 'import { b } from "../engine/b"; export const a = () => b;',
      'www/engine/b.ts': 'import c from "./pkg/c"; export const b = c;',
      'www/engine/pkg/c.ts': 'export default 1;',
    });
    expect(said).toContain('no dependency violations found');
    expect(code).toBe(0);
  },
  LONG,
);

test(
  'what goes up, round, or past a boundary is named: a component, a type, a module',
  () => {
    const { code, said } = complaints({
      'www/views/v.ts': 'export const v = () => 1; export type V = number;',
      'www/components/A.svelte': '<script lang="ts">import { v } from "../views/v"; v();</script>',
      'www/state/a.svelte.ts': 'import type { V } from "../views/v"; export const a: V = 1;',
      'www/files/a.ts': 'import { b } from "./b"; export const a = () => b;',
      'www/files/b.ts': 'import type { a } from "./a"; export const b: typeof a | 1 = 1;',
      'www/engine/pkg/p.ts': 'export default () => 1;',
      'www/state/p.ts': 'import p from "../engine/pkg/p"; p();',
      'www/theme/t.ts': 'export const t = () => 1;',
      'www/render/t.ts': 'import { t } from "../theme/t"; t();',
    });
    const errors = said.split('\n').filter((line) => line.includes('error '));
    expect(errors.map((line) => line.trim()).sort()).toEqual([
      'error components-imports-down-only: www/components/A.svelte → www/views/v.ts',
      'error no-circle: www/files/a.ts →',
      'error only-engine-knows-the-core: www/state/p.ts → www/engine/pkg/p.ts',
      'error painting-is-pure: www/render/t.ts → www/theme/t.ts',
      'error state-imports-down-only: www/state/a.svelte.ts → www/views/v.ts',
    ]);
    expect(code).toBe(5);
  },
  LONG,
);
