import { BATCH, masks, timed } from './workloads.mjs';

const { tf } = globalThis;
tf.wasm.setWasmPaths('/tensorflow/tfjs-backend-wasm/wasm-out/');

/** The backends that start here. */
export async function backends() {
  const there = [];
  for (const name of ['wasm', 'webgl', 'webgpu', 'cpu']) {
    try {
      if (await tf.setBackend(name)) there.push(name);
    } catch {
      // No adapter, or no such backend in this browser.
    }
  }
  return there;
}

/** One Adam step of a flow with the variables' order turned from layer to layer. */
function flow({ layers, coupling }) {
  const weight = (shape, deviation) => tf.variable(tf.randomNormal(shape, 0, deviation));
  const outputs = coupling ? 2 : 4;
  const all = Array.from({ length: layers }, (_, layer) => {
    const first = layer % 2;
    const { read, written } = masks(first);
    return {
      first,
      read: tf.tensor2d(read),
      written: coupling ? null : tf.tensor2d(written),
      w: [weight([coupling ? 1 : 2, 64], 0.5), weight([64, 64], 0.15), weight([64, outputs], 0.02)],
      b: [64, 64, outputs].map((count) => tf.variable(tf.zeros([count]))),
    };
  });
  const points = tf.randomNormal([BATCH, 2]);
  const adam = tf.train.adam(1e-3);
  const network = ({ w, b, read, written }, input) => {
    const h1 = input
      .matMul(coupling ? w[0] : w[0].mul(read))
      .add(b[0])
      .relu();
    const h2 = h1.matMul(w[1]).add(b[1]).relu();
    return h2.matMul(coupling ? w[2] : w[2].mul(written)).add(b[2]);
  };
  const loss = () => {
    let [z, logDet] = [points, tf.zeros([BATCH])];
    for (const layer of all) {
      if (coupling) {
        const [a, b] = [z.slice([0, layer.first], [-1, 1]), z.slice([0, 1 - layer.first], [-1, 1])];
        const theta = network(layer, a);
        const [mu, alpha] = [theta.slice([0, 0], [-1, 1]), theta.slice([0, 1], [-1, 1])];
        const mapped = b.sub(mu).mul(alpha.neg().exp());
        z = layer.first === 0 ? tf.concat([a, mapped], 1) : tf.concat([mapped, a], 1);
        logDet = logDet.sub(alpha.sum(1));
      } else {
        const theta = network(layer, z);
        const [mu, alpha] = [theta.slice([0, 0], [-1, 2]), theta.slice([0, 2], [-1, 2])];
        z = z.sub(mu).mul(alpha.neg().exp());
        logDet = logDet.sub(alpha.sum(1));
      }
    }
    return z
      .square()
      .sum(1)
      .mul(0.5)
      .sub(logDet)
      .mean()
      .add(Math.log(2 * Math.PI));
  };
  return { step: () => adam.minimize(loss), settle: () => all[0].b[0].data() };
}

/** Steps a second on a backend. */
export async function measure(workload, backend) {
  await tf.setBackend(backend);
  await tf.ready();
  tf.engine().startScope();
  const { step, settle } = flow(workload);
  for (let i = 0; i < 3; i++) tf.tidy(step);
  await settle();
  const count = { wasm: 30, cpu: 6 }[backend] ?? 12;
  const steps = await timed(() => tf.tidy(step), count * (workload.layers === 1 ? 4 : 1), settle);
  tf.engine().endScope();
  tf.disposeVariables();
  return { steps };
}
