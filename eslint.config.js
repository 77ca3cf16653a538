import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { ABOVE } from './scripts/layers.mjs';
import svelteConfig from './svelte.config.js';

/**
 * Imports go down only, as .dependency-cruiser.mjs has it. dependency-cruiser reads what the Svelte compiler makes of a component,
 * where imports of types are gone: those are held here.
 */
const downOnly = ABOVE.filter(({ above }) => above.length > 0).map(({ layer, above }) => ({
  files: [`www/${layer}/**/*.svelte`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${above.join('|')})(/|$)`,
            message: `${layer}-imports-down-only: the order of the modules stands in scripts/layers.mjs.`,
          },
          { regex: '/engine/pkg/', message: 'only-engine-knows-the-core: www/engine/ is the only boundary.' },
        ],
      },
    ],
  },
}));

export default ts.config(
  { ignores: ['dist', 'target', 'www/engine/pkg', 'test-results', 'playwright-report', 'screenshots'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.worker } } },
  { files: ['scripts/**', 'benches/**/*.mjs', '*.config.*'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  ...downOnly,
  {
    // What is promised of every page is held at the end of every test.
    files: ['tests/browser/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { name: '@playwright/test', message: 'Import from ./page-test: its test watches every page.' },
      ],
    },
  },
);
