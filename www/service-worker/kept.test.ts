import { describe, expect, it } from 'vitest';
import { filesFor, isOfEarlierWorker, namedBy } from './kept';

const file = (url: string) => ({ url, revision: null });
const all = [
  'index.html',
  'assets/index-AbC_1-2.js',
  'assets/density_playground_bg-a1.wasm',
  'assets/density_playground_relaxed_bg-b_2.wasm',
  'assets/density_playground_views_bg-c3.wasm',
  'assets/density_playground_views_relaxed_bg-d-4.wasm',
  'assets/density_playground_gpu_bg-e5.wasm',
].map(file);
const kept = (relaxed: boolean) =>
  filesFor(all, relaxed)
    .map(({ url }) => url)
    .filter((url) => url.endsWith('.wasm'));

describe('what a browser keeps of the page', () => {
  it('is the build of each core that it runs, and the one for the GPU everywhere', () => {
    expect(kept(true)).toEqual([
      'assets/density_playground_relaxed_bg-b_2.wasm',
      'assets/density_playground_views_relaxed_bg-d-4.wasm',
      'assets/density_playground_gpu_bg-e5.wasm',
    ]);
    expect(kept(false)).toEqual([
      'assets/density_playground_bg-a1.wasm',
      'assets/density_playground_views_bg-c3.wasm',
      'assets/density_playground_gpu_bg-e5.wasm',
    ]);
    expect(filesFor(all, true)).toContainEqual(file('assets/index-AbC_1-2.js'));
  });

  it('is what its index names', () => {
    const html =
      '<script src="./assets/index-A.js"></script><link href="./icon.svg"><a href="https://a.b/c">';
    expect(namedBy(html)).toEqual(['assets/index-A.js', 'icon.svg']);
  });

  it('is not what the worker before kept under another name', () => {
    expect(
      ['density-playground 3f2a9c', 'workbox-precache-v2-http://localhost/'].map(isOfEarlierWorker),
    ).toEqual([true, false]);
  });
});
