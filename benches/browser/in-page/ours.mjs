import init, { Run } from '/core/density_playground.js';
import { timed } from './workloads.mjs';

await init({ module_or_path: '/core/density_playground_relaxed_bg.wasm' });

const window = { x_min: -3, x_max: 3, y_min: -3, y_max: 3 };

/** Steps a second of one worker's build, and what the trained model then gives for the page: density points and samples a second. */
export async function measure({ model }) {
  const run = new Run({ target: { kind: 'two-moons' }, model });
  run.train(50);
  const steps = 10 * (await timed(() => run.train(10), 30));
  const points = 256 * 256 * (await timed(() => run.densityField(window, 256, 1), 3));
  const samples = 20_000 * (await timed(() => run.samples(20_000, 1), 3));
  run.free();
  return { steps, points, samples };
}
