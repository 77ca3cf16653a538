// node train.mjs, beside a node_modules/ that has density-playground. Trains a small flow on rows, then asks it.

import { readFile, writeFile } from 'node:fs/promises';
import { load, train } from 'density-playground/core';

// Points on a noisy ring, in units of their own.
const rows = Array.from({ length: 400 }, (_, i) => {
  const radius = 2 + 0.2 * Math.sin(7 * i);
  return [100 + radius * Math.cos(i), radius * Math.sin(i)];
});

const training = train(rows, { names: ['east', 'north'], steps: 300 });
for await (const { step, nll } of training)
  if (step % 100 === 0) console.log(`step ${step}: held-out NLL ${nll.toFixed(3)} nats`);
const model = await training;

const [onRing, inside] = model.logProb([
  [102, 0],
  [100, 0],
]);
console.log(`log p on the ring ${onRing.toFixed(2)}, in its middle ${inside.toFixed(2)} nats`);
console.log(
  'three samples:',
  model
    .sample(3)
    .map((row) => [...row].map((x) => x.toFixed(2)).join(' '))
    .join(', '),
);

await writeFile('ring.safetensors', model.save());
const again = await load(await readFile('ring.safetensors'));
console.log(`loaded from its file: log p on the ring ${again.logProb([[102, 0]])[0].toFixed(2)} nats`);
