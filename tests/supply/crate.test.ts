/** The crate as it would be published: the core's files alone, and nothing of WebAssembly in what a native build depends on. */

import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Another cargo may be at work. */
const WAITS = { timeout: 60_000 };

const cargo = (...args: string[]) =>
  execFileSync('cargo', [...args, '--package', 'density-playground'], { encoding: 'utf8' })
    .trim()
    .split('\n');

it('has the core’s files and its papers', WAITS, () => {
  const files = cargo('package', '--list', '--allow-dirty', '--quiet');
  const papers = files
    .filter((file) => !file.startsWith('src/'))
    .map((file) => file.replace(/^\.cargo_vcs.*/, ''));
  const expected = [
    'CHANGELOG.md',
    'Cargo.lock',
    'Cargo.toml',
    'Cargo.toml.orig',
    'LICENSE-APACHE',
    'LICENSE-MIT',
  ];
  expect(papers.filter(Boolean)).toEqual([...expected, 'docs/contributing.md', 'docs/crate.md']);
  expect(files).toContain('src/lib.rs');
});

it('depends on nothing of a browser outside of one', WAITS, () => {
  for (const features of ['', 'gpu']) {
    const crates = cargo(
      'tree',
      '--edges',
      'normal',
      '--prefix',
      'none',
      '--format',
      '{p}',
      '--features',
      features,
    );
    expect(crates.filter((name) => /^(wasm-bindgen|js-sys|web-sys|tsify|serde-wasm)/.test(name))).toEqual([]);
    expect(crates.some((name) => name.startsWith('nalgebra '))).toBe(true);
  }
});
