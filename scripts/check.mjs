// `npm run check`: formatting, lints and types, warnings as errors.
import { command, npx, packages, run, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  run('cargo', ['fmt', '--all', '--check']);
  run('cargo', ['clippy', '--workspace', '--all-targets', '--', '-D', 'warnings']);
  run('cargo', ['clippy', '--lib', '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings']);
  run('cargo', ['doc', '--no-deps', '--workspace', '--quiet'], { env: { RUSTDOCFLAGS: '-D warnings' } });
  wasm();
  npx('prettier', '--check', '.');
  npx('eslint', '--max-warnings', '0', '.');
  npx('svelte-check', '--fail-on-warnings');
});
