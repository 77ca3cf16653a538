// The built page begins www/early.ts from its head, beside its own script and before it: the worker and the words are on their way while the rest
// is loaded. Whoever runs the page as it is developed does without.

/** The plugin for Vite. */
export function early() {
  return {
    name: 'early',
    apply: 'build',
    config: () => ({ build: { rolldownOptions: { input: { index: 'index.html', early: 'www/early.ts' } } } }),
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle, path }) {
        const chunk = Object.values(bundle ?? {}).find((one) => one.type === 'chunk' && one.name === 'early');
        if (!chunk || path !== '/index.html') return [];
        const src = `./${chunk.fileName}`;
        return [
          { tag: 'script', attrs: { type: 'module', async: true, crossorigin: true, src }, injectTo: 'head' },
        ];
      },
    },
  };
}
