/** What the field's terms mean, in a sentence or two each. */
export const glossary = {
  kl: {
    title: 'KL divergence',
    text: 'How much worse the model explains the target than the target itself does: the average of log p(x) − log q(x) over points x of the target, in nats. 0 means that they are the same density. It is the gap between the held-out NLL and the entropy.',
  },
  nll: {
    title: 'Held-out NLL',
    text: 'Negative log-likelihood: the average of −log q(x) over fresh points that were never trained on, in nats. Lower is better; no model can get below the entropy H.',
  },
  entropy: {
    title: 'Entropy H',
    text: 'The average of −log p(x) of the target itself, in nats: the NLL of a perfect model. It can be negative, since a density can be larger than 1.',
  },
  ordering: {
    title: 'Ordering',
    text: 'The chain rule writes any density as p(x1) p(x2 | x1), or as p(x2) p(x1 | x2). Both are exact, but a model whose conditionals are simple may fit one and not the other: the ordering is a choice.',
  },
  temperature: {
    title: 'Temperature',
    text: 'T scales the standard deviation of the base distribution. Below 1 samples come from the middle of the base: safer, less diverse. Above 1 they reach further out. At 0 all are one point.',
  },
  layers: {
    title: 'Layers',
    text: 'Bijections applied one after the other. Each bends the plane a little; their log-determinants add up.',
  },
  hidden: {
    title: 'Hidden units',
    text: 'The size of the conditioner: the network that computes how each variable is shifted and scaled from the variables that it may read.',
  },
  policy: {
    title: 'Ordering of the layers',
    text: 'With one ordering in all layers the first variable is never conditioned on the other. Alternating lets every variable depend on every other; a random ordering is drawn anew for each layer.',
  },
  mass: {
    title: 'Contours',
    text: 'Each line encloses the smallest region that holds 50, 80 or 95 % of the mass: solid for the model, dashed for the target.',
  },
  schedule: {
    title: 'Schedule',
    text: 'Cosine: the learning rate falls to 0 along half a cosine and the run ends; play again to begin another cycle. Constant: it stays, and training goes on until you stop it.',
  },
  clip: {
    title: 'Gradient clipping',
    text: 'A gradient longer than this is scaled down to it, so that a single strange batch can’t throw the parameters far away.',
  },
} as const;

export type TermName = keyof typeof glossary;
