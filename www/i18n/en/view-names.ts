/** The views: what each is called, and the question that it answers. What is said inside of them is in views.ts. */

export const viewNames = {
  conditionals: {
    title: 'Conditionals',
    question: 'What does the model think of one variable, knowing the other?',
  },
  ancestral: {
    title: 'Sampling',
    question: 'How does a sample come about?',
  },
  masks: {
    title: 'Masks',
    question: 'Who may read whom?',
  },
  variable: {
    title: 'A map of one variable',
    question: 'How does one curve make a density?',
  },
  layers: {
    title: 'Layers',
    question: 'How does a plain density become this one?',
  },
  receipt: {
    title: 'Receipt for a point',
    question: 'Which layer adds what to the density of this point?',
  },
  base: {
    title: 'Base space',
    question: 'Where does the data land?',
  },
  bubble: {
    title: 'The soap bubble',
    question: 'Are samples where the density is highest?',
  },
  modes: {
    title: 'Modes',
    question: 'Which modes were found, which were lost?',
  },
  temperature: {
    title: 'Temperature',
    question: 'What do colder samples gain, and lose?',
  },
  cost: {
    title: 'Cost',
    question: 'What does a density cost, what a sample?',
  },
  breaking: {
    title: 'Breaking points',
    question: 'Where does it stop being a bijection, and what does it not know?',
  },
  memory: {
    title: 'Memory',
    question: 'What does a gradient have to remember?',
  },
  ensemble: {
    title: 'Many seeds',
    question: 'Was it luck?',
  },
  efficiency: {
    title: 'How many points?',
    question: 'How much does each family learn from how few?',
  },
  chain: {
    title: 'Chain rule',
    question: 'Which variable costs how much, given those before it?',
  },
  orderings: {
    title: 'Ordering search',
    question: 'Does the ordering matter?',
  },
  baselines: {
    title: 'Baselines',
    question: 'Is it better than something simple?',
  },
  ruler: {
    title: 'One ruler',
    question: 'How far from the target is it, whatever it can say of itself?',
  },
};
