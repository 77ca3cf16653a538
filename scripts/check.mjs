// `npm run check`: formatting, lints and types, warnings as errors.
import { command, npx, packages, run, rust, wasm } from './lib.mjs';

await command(() => {
  packages();
  rust();
  run('cargo', ['fmt', '--all', '--check']);
  const strict = ['--', '-D', 'warnings'];
  const gpu = ['--features', 'density-playground/gpu'];
  run('cargo', ['clippy', '--workspace', '--all-targets', ...gpu, ...strict]);
  // The build that the page loads first, and the one with everything.
  const browser = ['clippy', '--lib', '--target', 'wasm32-unknown-unknown'];
  run('cargo', [...browser, ...strict]);
  run('cargo', [...browser, '--features', 'views,gpu', ...strict]);
  run('cargo', ['doc', '--no-deps', '--workspace', ...gpu, '--quiet'], {
    env: { RUSTDOCFLAGS: '-D warnings' },
  });
  wasm();
  npx('prettier', '--check', '.');
  npx('eslint', '--max-warnings', '0', '.');
  npx('svelte-check', '--fail-on-warnings');
});
