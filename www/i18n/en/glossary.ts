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
    text: 'T scales the standard deviation of the base distribution. Below 1 samples come from the middle of the base: safer, less diverse. Above 1 they reach further out. At 0 all are one point: the image of the base’s middle, in a mixture or Student-t conditional its median. A mixture base keeps its means, so there it is a point for each component.',
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
  activations: {
    title: 'Activations',
    text: 'What the layers computed on the way there is needed for the gradient. Stored, memory grows with depth; recomputed through the inverse, it does not, for about one more pass.',
  },
  clip: {
    title: 'Gradient clipping',
    text: 'A gradient longer than this is scaled down to it, so that a single strange batch can’t throw the parameters far away.',
  },
  conditional: {
    title: 'Conditional density',
    text: 'The family of p(x2 | x1) for each value of x1. One Gaussian has one hump, wherever it stands; a mixture can have several; Laplace and Student-t have heavier tails.',
  },
  agnostic: {
    title: 'Order-agnostic training',
    text: 'Each batch is trained in a random ordering of the variables, with the same weights; the density is the average over all orderings.',
  },
  bins: {
    title: 'Pieces of the spline',
    text: 'Each variable is bent by a curve of this many rational-quadratic pieces. More pieces, more humps.',
  },
  batchNorm: {
    title: 'Batch normalisation',
    text: 'Between the layers each variable is shifted and scaled by the batch’s own mean and deviation; at evaluation by their running averages, so that the density is a density.',
  },
  reads: {
    title: 'What the conditioner reads',
    text: 'Reading the data (MAF) makes the density one pass and samples D passes; reading the base (IAF) the other way round.',
  },
  base: {
    title: 'Base distribution',
    text: 'What the flow bends into the data. A normal in one piece leaves threads between modes; a mixture with learned means is in pieces already; a Student-t has heavy tails.',
  },
  objective: {
    title: 'Objective',
    text: 'Forward KL learns from the target’s points and has to cover all of them. Reverse KL draws from the model and asks the target’s log density: it is content with a mode or two.',
  },
  start: {
    title: 'Start',
    text: 'How wide the model begins, in the target’s own deviation. A narrow start finds the modes near the middle and stays there.',
  },
  annealing: {
    title: 'Annealing',
    text: 'The target is first raised to a small power, which joins its modes, then slowly to 1: the model spreads before the modes part.',
  },
  path: {
    title: 'Path gradient',
    text: '“Sticking the landing”: leaves out a part of the gradient that is zero on average, so that its noise vanishes as the model reaches the target.',
  },
  elbo: {
    title: 'ELBO',
    text: 'Evidence lower bound: the average of log p(x) − log q(x) over draws x of the model, with p up to its constant Z. It can’t exceed ln Z.',
  },
  reverse: {
    title: 'Reverse KL',
    text: 'KL(q‖p) = ln Z − ELBO: how surprised the target is by the model’s draws. It does not see modes that the model never visits.',
  },
  ess: {
    title: 'Effective sample size',
    text: 'How many equally good draws the importance-weighted ones are worth, as a share. It can be near 100 % although modes are missing: it only sees what the model visits.',
  },
  logz: {
    title: 'ln Z',
    text: 'The logarithm of the target’s integral, estimated from the model’s draws by importance weights. A mode that is missed is missing from it: with 4 of 8 modes it is too small by ln 2.',
  },
  modes: {
    title: 'Modes covered',
    text: 'Modes to which the model gives at least a fifth of the mass that the target gives them. For a drawing: its connected regions.',
  },
  marginal: {
    title: 'Marginal density',
    text: 'The density of one variable whatever the other is: the joint density, integrated over the other one.',
  },
  linear: {
    title: 'Invertible linear map',
    text: 'Mixes the variables by a learned matrix, kept as the product of two triangular ones, so that its inverse and its determinant are cheap.',
  },
  thread: {
    title: 'Thread mass',
    text: 'The model’s mass where the target has practically none: below the density that all but a thousandth of its mass exceeds. A smooth map of one piece can’t make two without a thread between.',
  },
};
