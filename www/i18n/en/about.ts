/** What each view is, in words: its name, the question that it answers, a line under its formula, and what is seen in it. */

export const about = {
  conditionals: {
    title: 'Conditionals',
    question: 'What does the model think of one variable, knowing the other?',
    caption: 'The joint density along the line, divided by its integral.',
    seen: 'Move over the stage, or drag the line with a finger. The curves are the target’s and the model’s density along it, each with area 1. Where the target has two humps, a single Gaussian can only lie over both: flip the ordering, or choose a mixture.',
  },
  ancestral: {
    title: 'Sampling',
    question: 'How does a sample come about?',
    caption: 'What is generated first is read by what comes after.',
    seen: 'Press the button to see one sample at a time. An autoregressive model draws the first variable from its marginal, then the second from the conditional at that value, which lights up. IAF and couplings carry a point of the base to its place in one pass.',
  },
  masks: {
    title: 'Masks',
    question: 'Who may read whom?',
    caption:
      'The number in a unit is its degree m: it knows the first m variables of the ordering, no more; an output reads only lower degrees.',
    seen: 'The network of one layer. Point at an output or give it the focus: what it may read lights up, what it may not stays dark. No output reads its own variable or a later one, whatever the masks: that is what makes one pass give all conditionals. Drag the cards to change the ordering.',
  },
  layers: {
    title: 'Layers',
    question: 'How does a plain density become this one?',
    caption: 'Colour: ln of the area that a small square has grown to; log-determinants add up.',
    seen: 'A grid and samples of the base, carried through the layers one by one. Drag the slider or press play. A coupling moves one coordinate at a time: the arrow says which one passes through.',
  },
  base: {
    title: 'Base space',
    question: 'Where does the data land?',
    caption: 'Trained well, the data looks like draws from the base: the circles hold their share.',
    seen: 'Left the target’s points, right the same points under the inverse. Drag a rectangle on either side to see its points on the other and on the stage. Gaps and lumps on the right are what the model has not learned.',
  },
  modes: {
    title: 'Modes',
    question: 'Which modes were found, which were lost?',
    caption: 'Where the model q has no mass, the integral sees nothing: a lost mode costs little.',
    seen: 'Bars: the mass of each mode, the target’s as an outline. A mode counts as covered with a fifth of its mass. Under the reverse KL a model often settles on some of them; begun wide or annealed, it keeps them.',
  },
  temperature: {
    title: 'Temperature',
    question: 'What do colder samples gain, and lose?',
    caption: 'The base’s deviation is multiplied by T before it is carried to the data.',
    seen: 'The same draws at four temperatures, and the trade: quality is the share of samples where the target has mass, diversity their distance from the mean. Drag along the curve to set the temperature.',
  },
  cost: {
    title: 'Cost',
    question: 'What does a density cost, what a sample?',
    caption: 'Network passes for one point, counted by the code that runs.',
    seen: 'An autoregressive model knows all it needs in one direction, and has to go variable by variable in the other: MAF is fast at densities, IAF at samples, couplings at both. Measure it here, from 2 to 64 variables.',
  },
  breaking: {
    title: 'Breaking points',
    question: 'Where does it stop being a bijection, and what does it not know?',
    caption: 'In exact arithmetic the error is zero; where the map is nearly singular, it is not.',
    seen: 'Maps of the round-trip error and of how much the inverse stretches; samples between the modes, marked on the stage; and the log p of the data, of the model’s own samples and of another target: it can be as high where no data ever was.',
  },
  memory: {
    title: 'Memory',
    question: 'What does a gradient have to remember?',
    caption: 'Each layer’s input can be computed from its output, so it need not be kept.',
    seen: 'Bytes of activations that one gradient holds, measured for the model on the stage at growing depth: kept, they grow with it; recomputed through the inverse, they don’t. The price is one more pass, and an error where the inverse is not exact.',
  },
  ensemble: {
    title: 'Many seeds',
    question: 'Was it luck?',
    caption:
      'L(s): modes that seed s lost. One run is an anecdote: what counts is how many of S seeds end the same way.',
    seen: 'The model on the stage, trained from many seeds at once; each small picture is one of them, its frame coloured by its KL. Below, how many seeds lost how many modes, under each condition. Press a picture to put that seed on the stage.',
  },
};
