/** What is trained: W1 = MAF, 5 layers of 64x64; W2 = RealNVP, 8 layers of 64x64; W3 = Gaussian MADE, 64x64. Batch 512, Adam, ReLU. */
export const WORKLOADS = {
  W1: { layers: 5, coupling: false, model: { family: 'maf', layers: 5, hidden: [64, 64] } },
  W2: { layers: 8, coupling: true, model: { family: 'realnvp', layers: 8, hidden: [64, 64] } },
  W3: { layers: 1, coupling: false, model: { family: 'made', hidden: [64, 64] } },
};

export const BATCH = 512;

/** The masks of a layer of a peer, whose first variable is `first`: row-major numbers 0 and 1. */
export function masks(first) {
  const of = (rows, columns, there) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => Number(there(row, column))),
    );
  return {
    read: of(2, 64, (row) => row === first),
    written: of(64, 4, (_, column) => column % 2 === 1 - first),
  };
}

/** Calls a step again and again and returns steps a second, once `settle` says that all are done. */
export async function timed(step, count, settle = () => {}) {
  const begin = performance.now();
  for (let i = 0; i < count; i++) await step();
  await settle();
  return (1000 * count) / (performance.now() - begin);
}
