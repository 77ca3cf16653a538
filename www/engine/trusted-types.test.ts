import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it('a worker is started with a script of this page alone', async () => {
  vi.stubGlobal('location', new URL('https://your.site/playground/?embed'));
  vi.stubGlobal('trustedTypes', { createPolicy: (_: string, rules: object) => rules });
  const { ownScript } = await import('./trusted-types');
  for (const own of ['./service-worker.js', 'https://your.site/playground/assets/worker-1.js'])
    expect(ownScript(own)).toBe(own);
  for (const other of [
    'https://other.site/worker.js',
    '//other.site/worker.js',
    'data:text/javascript,1',
    'blob:null/1',
  ])
    expect(() => ownScript(other), other).toThrow(TypeError);
});

it('what a browser without Trusted Types gets is the text', async () => {
  const { inertDrawing, ownMarkup, ownScript } = await import('./trusted-types');
  for (const through of [inertDrawing, ownMarkup, ownScript]) expect(through('<svg/>')).toBe('<svg/>');
});
