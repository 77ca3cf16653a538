// The order of the page's modules, which www/ keeps: a folder imports from itself and from what stands before it.
// .dependency-cruiser.mjs makes its rules of it, and eslint.config.js those for the types that components import.

export const LAYERS = [
  'theme',
  'i18n',
  'tables',
  'engine',
  'render',
  'drawing',
  'files',
  'headless',
  'state',
  'components',
  'stage',
  'views',
  'lessons',
];

/** Each folder with those that it must not import from. */
export const ABOVE = LAYERS.map((layer, at) => ({ layer, above: LAYERS.slice(at + 1) }));
