/** What the field's terms mean, in a sentence or two each. Loaded when somebody asks. */
export const glossary = {
  kl: 'How much worse the model explains the target than the target itself does: the average of log p(x) − log q(x) over points x of the target, in nats. 0 means that they are the same density. It is the gap between the held-out NLL and the entropy.',
  nll: 'Negative log-likelihood: the average of −log q(x) over fresh points that were never trained on, in nats. Lower is better; no model can get below the entropy H.',
  entropy:
    'The average of −log p(x) of the target itself, in nats: the NLL of a perfect model. It can be negative, since a density can be larger than 1.',
  ordering:
    'The chain rule writes any density as p(x1) p(x2 | x1), or as p(x2) p(x1 | x2). Both are exact, but a model whose conditionals are simple may fit one and not the other: the ordering is a choice.',
  temperature:
    'T scales the standard deviation of the base distribution. Below 1 samples come from the middle of the base: safer, less diverse. Above 1 they reach further out. At 0 all are one point: the image of the base’s middle, in a mixture or Student-t conditional its median. A mixture base keeps its means, so there it is a point for each component.',
  layers:
    'Bijections applied one after the other. Each bends the plane a little; their log-determinants add up.',
  hidden:
    'The size of the conditioner: the network that computes how each variable is shifted and scaled from the variables that it may read.',
  policy:
    'With one ordering in all layers the first variable is never conditioned on the other. Alternating lets every variable depend on every other; a random ordering is drawn anew for each layer.',
  mass: 'Each line encloses the smallest region that holds 50, 80 or 95 % of the mass: solid for the model, dashed for the target.',
  schedule:
    'Cosine: the learning rate falls to 0 along half a cosine and the run ends; play again to begin another cycle. Constant: it stays, and training goes on until you stop it.',
  activations:
    'What the layers computed on the way there is needed for the gradient. Stored, memory grows with depth; recomputed through the inverse, it does not, for about one more pass.',
  clip: 'A gradient longer than this is scaled down to it, so that a single strange batch can’t throw the parameters far away.',
  sample:
    'Fresh: each batch is drawn anew, and no point is seen twice. A number: so many points, the dots on the stage, are all that the model ever sees, as with data; it can learn them by heart. As many others, the validation points, tell how well it does on points that it has not seen.',
  earlyStopping:
    'Shows, measures and saves the parameters of the step whose NLL on the validation points was the least so far, and ends the training 1,000 steps after it.',
  jitter:
    'Each time that a point is trained on, normal noise is added to it: as if the points were small clouds. Needles on single points then cost the model something.',
  dequantisation:
    'A column that takes few values, such as whole minutes, has probabilities and no density: a model puts needles on the values, and its NLL falls without end. So each time that a row is trained on, uniform noise is added to such columns. As wide as the step between the values it fills the step, and the density there is a probability again.',
  bits: 'What a row of discrete values costs for each of its columns: (NLL − sum of ln step) / (D ln 2), where noise fills the whole step of every column. It is an upper bound of the average of −log2 P(x) / D of the probabilities that the model gives the rows (Theis, van den Oord and Bethge 2016), and so never below their entropy.',
  weightDecay:
    'Each step also takes a small share off every parameter (AdamW), so that only those stay large that go on earning it: a smoother model.',
  average:
    'Each step jumps about a good place. What is shown, measured, sampled and saved is an average of the parameters over the last steps, which lies closer to it and does not tremble; training goes on from the last ones themselves.',
  conditional:
    'The family of p(x2 | x1) for each value of x1. One Gaussian has one hump, wherever it stands; a mixture can have several; Laplace and Student-t have heavier tails.',
  agnostic:
    'Each batch is trained in a random ordering of the variables, with the same weights; the density is the average over all orderings.',
  bins: 'Each variable is bent by a curve of this many rational-quadratic pieces. More pieces, more humps.',
  batchNorm:
    'Between the layers each variable is shifted and scaled by the batch’s own mean and deviation; at evaluation by their running averages, so that the density is a density.',
  reads:
    'Reading the data (MAF) makes the density one pass and samples D passes; reading the base (IAF) the other way round.',
  base: 'What the flow bends into the data. A normal in one piece leaves threads between modes; a mixture with learned means is in pieces already; a Student-t has heavy tails.',
  objective:
    'Forward KL learns from the target’s points and has to cover all of them. Reverse KL draws from the model and asks the target’s log density: it is content with a mode or two.',
  start:
    'How wide the model begins, in the target’s own deviation. A narrow start finds the modes near the middle and stays there.',
  annealing:
    'The target is first raised to a small power, which joins its modes, then slowly to 1: the model spreads before the modes part.',
  path: '“Sticking the landing”: leaves out a part of the gradient that is zero on average, so that its noise vanishes as the model reaches the target.',
  elbo: 'Evidence lower bound: the average of log p(x) − log q(x) over draws x of the model, with p up to its constant Z. It can’t exceed ln Z.',
  reverse:
    'KL(q‖p) = ln Z − ELBO: how surprised the target is by the model’s draws. It does not see modes that the model never visits.',
  ess: 'How many equally good draws the importance-weighted ones are worth, as a share. It can be near 100 % although modes are missing: it only sees what the model visits.',
  logz: 'The logarithm of the target’s integral, estimated from the model’s draws by importance weights. A mode that is missed is missing from it: with 4 of 8 modes it is too small by ln 2.',
  modes:
    'Modes to which the model gives at least a fifth of the mass that the target gives them. For a drawing: its connected regions.',
  marginal:
    'The density of one variable whatever the other is: the joint density, integrated over the other one.',
  linear:
    'Mixes the variables by a learned matrix, kept as the product of two triangular ones, so that its inverse and its determinant are cheap.',
  thread:
    'The model’s mass where the target has practically none: below the density that all but a thousandth of its mass exceeds. A smooth map of one piece can’t make two without a thread between.',
  solver:
    'A flow in continuous time follows a velocity from base to data, in this many steps. Euler asks the network once a step, midpoint twice, Runge-Kutta four times. Too few steps and the way is not followed: the density’s mass leaves 1, and the way back is not the way there.',
  transport:
    'Within each batch base points are paired with data points so that their squared distances add up to the least (in groups of 64). The ways then cross less, so that they are straighter and need fewer steps (Tong et al. 2024).',
  latent:
    'Variables that nobody sees, drawn from a standard normal: a network makes a point of the data from them. With fewer of them than the data has, what is made lies on a curve or surface, up to the decoder’s noise.',
  beta: 'The weight of the divergence between what the encoder says of the latents and their normal distribution. At 1 the objective is the ELBO; below, points are told apart better and samples get worse; above, the other way round.',
  penalty:
    'Half this weight times the squared gradient of the discriminator at the data is added to its loss. It keeps the discriminator flat around the data, so that the generator always sees a way to all modes (R1, Mescheder et al. 2018).',
  bound:
    'What can be said of log p(x) where p(x) is an integral over latents that nobody can take: a number that log p(x) is not below, by 32 draws of the encoder. The NLL and the KL made of it are not below the true ones.',
  energy:
    'How far apart two samples lie: twice the mean distance between them, minus the mean distance within each (Székely and Rizzo). Its expectation is 0 only where both have the same density. The estimate is unbiased: of one density it is 0 on average, and so half of the time below. What chance makes of it is found by dividing the pooled points again at random.',
  wasserstein:
    'How far mass has to be carried to make one sample into the other, along many lines: on a line the best way keeps the order. The root of the mean square over distance and lines. Of finite samples it is above 0 even where both have the same density.',
  precision:
    'The share of samples that lie among the target’s points: in one of the balls around these that reach to the third nearest of the others (Kynkäänniemi et al. 2019). It falls where samples lie where no data is. A perfect model does not reach 100 %: what lies farther out than all others is in no ball.',
  recall:
    'The share of the target’s held-out points that lie among the samples: in one of the balls around these that reach to the third nearest of the others. It falls where the model leaves a part of the data out.',
};
