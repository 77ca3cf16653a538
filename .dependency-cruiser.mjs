// Imports in www/ go down only: `npm run check` names the two files and the rule that they break.
import { ABOVE } from './scripts/layers.mjs';

/** Tests look at whatever they like. */
const TESTS = '\\.test\\.ts$';
/** What puts all together stands in no folder. */
const ENTRY = '^www/[^/]+\\.(svelte|ts)$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ABOVE.map(({ layer, above }) => ({
      name: `${layer}-imports-down-only`,
      comment: 'The order of the modules stands in scripts/layers.mjs.',
      severity: 'error',
      from: { path: `^www/${layer}/`, pathNot: TESTS },
      to: { path: [ENTRY, '^www/service-worker/', ...above.map((name) => `^www/${name}/`)] },
    })),
    {
      name: 'no-circle',
      comment: 'Two files that import each other can be read, tested and changed only together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-engine-knows-the-core',
      comment: 'www/engine/ is the only boundary to the WebAssembly packages.',
      severity: 'error',
      // Tests hold what is shown against the core itself.
      from: { path: '^www/', pathNot: '^www/engine/' },
      to: { path: '^www/engine/pkg/' },
    },
    {
      name: 'painting-is-pure',
      comment: 'Words, formats of numbers and colours are handed to what paints.',
      severity: 'error',
      from: { path: '^www/(render|drawing)/', pathNot: TESTS },
      to: { path: '^www/(i18n|theme)/' },
    },
  ],
  options: {
    // Imports of types count, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^www/engine/pkg/'] },
  },
};
