// `npm run check`: formatting, lints and types, warnings as errors. Rust and the page beside each other.
import { beside, command, npxBeside, tools, wasmBeside } from './lib.mjs';

/** Formatting, clippy on this machine and for the browser, documentation. */
async function rust() {
  const cargo = (args, how) => beside('rust', 'cargo', args, how);
  await cargo(['fmt', '--all', '--check']);
  const strict = ['--', '-D', 'warnings'];
  const gpu = ['--features', 'density-playground/gpu'];
  await cargo(['clippy', '--workspace', '--all-targets', ...gpu, ...strict]);
  // The build that the page loads first, and the one with everything.
  const browser = ['clippy', '--lib', '--target', 'wasm32-unknown-unknown'];
  await cargo([...browser, ...strict]);
  await cargo([...browser, '--features', 'views,gpu,manifest', ...strict]);
  await cargo(['doc', '--no-deps', '--workspace', ...gpu, '--quiet'], {
    env: { RUSTDOCFLAGS: '-D warnings' },
  });
}

/** Formatting and lints, then types, for which the core has to be there. */
async function page() {
  const core = wasmBeside();
  const lints = async () => {
    await npxBeside('page', 'prettier', '--check', '.');
    await npxBeside('page', 'eslint', '--max-warnings', '0', '.');
  };
  await Promise.all([core, lints()]);
  await npxBeside('page', 'dependency-cruiser:depcruise', 'www');
  await npxBeside('page', 'svelte-check', '--fail-on-warnings');
  await npxBeside('page', 'typescript:tsc', '--project', 'www/service-worker');
}

await command(async () => {
  await tools();
  await Promise.all([rust(), page()]);
});
