import {
  defaultDevice,
  init,
  jit,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
  blockUntilReady,
} from '/jax/jax/dist/index.js';
import { BATCH, masks, timed } from './workloads.mjs';

const ready = await init();

/** The backends that start here; the interpreter is for debugging only. */
export const backends = () => ready.filter((name) => name !== 'cpu');

const filled = (rows, columns, deviation) => {
  const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  return np
    .array(Float32Array.from({ length: rows * columns }, () => deviation * normal()))
    .reshape([rows, columns]);
};

/** One compiled Adam step; couplings as a mask over the variable that passes through, as is common in JAX. */
function flow({ layers, coupling }) {
  const outputs = coupling ? 2 : 4;
  const parameters = Array.from({ length: layers }, () => ({
    w: [filled(coupling ? 1 : 2, 64, 0.5), filled(64, 64, 0.15), filled(64, outputs, 0.02)],
    b: [64, 64, outputs].map((count) => np.zeros([count])),
  }));
  const points = filled(BATCH, 2, 1);
  const network = ({ w, b }, first, input) => {
    const cut = masks(first);
    const [w0, w2] = coupling
      ? [w[0], w[2]]
      : [w[0].mul(np.array(cut.read)), w[2].mul(np.array(cut.written))];
    const h1 = nn.relu(np.matmul(input, w0).add(b[0]));
    const h2 = nn.relu(np.matmul(h1, w[1]).add(b[1]));
    return np.matmul(h2, w2).add(b[2]);
  };
  const loss = (all, x) => {
    let [z, logDet] = [x, np.zeros([BATCH])];
    all.forEach((layer, index) => {
      const first = index % 2;
      const moved = np.array(first === 0 ? [[0, 1]] : [[1, 0]]);
      const theta = network(layer, first, coupling ? z.ref.slice([], [first, first + 1]) : z.ref);
      const half = outputs / 2;
      let [mu, alpha] = [theta.ref.slice([], [0, half]), theta.slice([], [half, outputs])];
      if (coupling) [mu, alpha] = [mu.mul(moved.ref), alpha.mul(moved.ref)];
      moved.dispose();
      z = z.sub(mu).mul(np.exp(alpha.ref.neg()));
      logDet = logDet.sub(alpha.sum(1));
    });
    return np.square(z).sum(1).mul(0.5).sub(logDet).mean();
  };
  const step = jit((state, x) => {
    const [value, gradient] = valueAndGrad(loss)(tree.ref(state.parameters), x);
    const m = tree.map((old, g) => old.mul(0.9).add(g.mul(0.1)), state.m, tree.ref(gradient));
    const v = tree.map((old, g) => old.mul(0.999).add(np.square(g).mul(0.001)), state.v, gradient);
    const next = tree.map(
      (p, a, b) => p.sub(a.mul(1e-3).div(np.sqrt(b).add(1e-8))),
      state.parameters,
      tree.ref(m),
      tree.ref(v),
    );
    return [{ parameters: next, m, v }, value];
  });
  const zeros = (like) => tree.map((p) => np.zeros(p.shape), tree.ref(like));
  let state = { parameters, m: zeros(parameters), v: zeros(parameters) };
  let value = null;
  return {
    step: () => {
      value?.dispose();
      [state, value] = step(state, points.ref);
    },
    settle: async () => {
      await blockUntilReady(tree.ref(state));
    },
    end: () => {
      tree.dispose(state);
      value?.dispose();
      points.dispose();
    },
  };
}

/** Steps a second on a backend. */
export async function measure(workload, backend) {
  defaultDevice(backend);
  const { step, settle, end } = flow(workload);
  for (let i = 0; i < 3; i++) step();
  await settle();
  const steps = await timed(step, (backend === 'wasm' ? 30 : 12) * (workload.layers === 1 ? 4 : 1), settle);
  end();
  return { steps };
}
