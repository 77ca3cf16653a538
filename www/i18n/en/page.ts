/** The page's frame: its head, its sheets, the keys, the tour. */
export const page = {
  description:
    'Learn how normalizing flows and autoregressive density models work by touching them: draw a density and watch a model learn it.',
  embedded: 'Density Playground, embedded',
  language: 'Language',
  languageFailed: 'This language could not be loaded. Try again when the network is there.',
  page: 'Page',
  panels: 'Panels',
  experiment: 'Experiment',
  seen: 'What is seen',
  tabs: { target: 'Target', model: 'Model', views: 'Views', curve: 'Curve' },
  undo: 'Undo',
  undoTitle: 'Undo (Ctrl Z)',
  redo: 'Redo',
  redoTitle: 'Redo (Ctrl Y, Ctrl Shift Z)',
  lessons: 'Lessons',
  lessonsTitle: 'Fourteen lessons, each with a question to guess at',
  onStages: 'On the stages',
  announced: (step: number, kl: string) => `Step ${step}, KL ${kl} nats`,
  announcedNll: (step: number, nll: string) => `Step ${step}, NLL ${nll} nats`,
  light: 'Light colours',
  dark: 'Dark colours',
  darkTitle: 'Dark colours, for a projector in a dim room',
  letters: 'Keys of one letter',
  unloaded: 'This could not be loaded. Open it again when the network is there.',
  closeMessage: 'Close this message',
  newVersion: {
    label: 'Newer version',
    there: 'A new version of this page is there. What you made goes on in it.',
    reload: 'Reload',
  },
  run: (name: string) => `Run ${name}: `,
  open: 'Open in the playground',

  transport: {
    training: 'Training',
    play: 'Play',
    pause: 'Pause',
    on: 'Train on',
    space: (label: string) => `${label} (space)`,
    step: 'One step',
    stepTitle: 'One step',
    reset: 'Reset',
    resetTitle: 'Back to step 0',
    speed: 'Speed',
    speedTitle: 'How fast it trains',
    full: 'full speed',
    pace: (steps: number) => `${steps} steps/s`,
  },

  progress: {
    step: 'step',
    steps: 'Steps taken',
    trained: 'trained',
    ready: 'ready',
    paused: 'paused',
    past: 'looking back',
    outOfSight: 'rests while out of sight',
    speed: (steps: string) => `${steps}/s`,
  },

  place: {
    where: 'Where it trains',
    on: 'Trains on',
    press: (now: string) => `${now} Press to choose.`,
    workers: 'Workers',
    gpu: (adapter: string, software: boolean) =>
      `Trains on the GPU: ${adapter || 'an adapter without a name'}${software ? ', made of software and slow' : ''}.`,
    coming: 'On its way to the GPU.',
    shared: (workers: number) =>
      `Each step is shared by ${workers} workers of this page, each on a processor of its own.`,
    alone: 'Trains on this machine’s processor, in a worker of this page.',
    choices: {
      auto: ['Automatic', 'the GPU where there is a real one'],
      gpu: ['GPU', 'by WebGPU, whatever adapter there is'],
      cpu: ['Processor', 'with SIMD, in workers of this page'],
    },
    same: 'Same seed, same batches: the two differ by rounding only. What the GPU can’t do stays on the processor, and this says why.',
    unseen: 'Train on while out of sight',
    unseenWhy: 'Else it rests after five seconds in a hidden tab, which spares the battery.',
  },

  share: { share: 'Share', title: 'Link, code for a class, frame for a page' },

  files: { files: 'Files', title: 'Open and save', input: 'File with points, a picture or an experiment' },

  help: { help: 'Help', title: 'What is this?' },

  term: {
    what: (title: string) => `What is ${title}?`,
    title: 'What is this?',
  },

  tour: {
    label: (at: number, of: number, title: string) => `Tour, step ${at} of ${of}: ${title}`,
    place: (at: number, of: number) => `${at} of ${of}`,
    skip: 'Skip',
    close: 'Close',
    back: 'Back',
    next: 'Next',
    stops: {
      learns: [
        'A model learns',
        'Blue is what the model believes, the dashed orange lines are the target. It is training as you read: pause it when you like.',
      ],
      target: [
        'Give it something to learn',
        'Pick a target, or draw one of your own: the model follows your hand.',
      ],
      model: [
        'Change the model',
        'Each family is built differently. Flip the ordering on the crescent with MADE and see one fail.',
      ],
      close: [
        'How close is it?',
        'The KL is what is left between the model and the target, in nats. At 0 they are the same.',
      ],
      views: [
        'Look closer',
        'Each view answers one question: what a conditional looks like, who may read whom, what each layer does. Two runs side by side answer many more.',
      ],
    },
  },

  trouble: {
    again: 'Start again',
    viewsAgain: 'Start the views again',
    link: (why: string) => `This link can’t be opened: ${why}`,
    rows: (name: string, rows: number | null, columns: number) =>
      `This needs the rows of ${name} (${rows === null ? '' : `${rows} rows, `}${columns} columns), which are not here: drop that file on the page, and it opens.`,
    embedded: 'A file can’t be opened in a frame. Open the playground and drop it there.',
    moons: 'Start with two moons',
    seed: 'The seed is a whole number from 0 to 4,294,967,295.',
  },

  /** What is wrong with a link, as the end of a sentence. */
  link: {
    drawing: 'the drawing in it is damaged or was cut short',
    drawingSize: (side: number) => `the drawing in it has more than ${side} rows of ${side} cells`,
    rows: 'the rows in it are damaged or were cut short',
    rowsSize: 'the rows in it are more than a link can have',
    rowsNumbers: 'the rows in it are not rows of numbers',
    rowsOther: 'the rows in it are not those that it names',
    field: (path: string) => `${path} in it is not a field of an experiment`,
    empty: (part: string) => `“${part}” in it has no value`,
    value: (path: string) => `the value of ${path} in it is damaged`,
    run: (path: string, run: string) => `${path} in it is of run ${run}; there can be 4`,
    defaults: (value: string, most: number) =>
      `its defaults are number ${value}; this page knows those from 1 to ${most}, and a newer one may know more`,
    temperature: (value: string) => `its temperature is ${value}; allowed are 0 to 1.5`,
    shown: (name: string) => `“${name}” in it is not shown on a stage`,
    pace: (value: string) => `its pace is ${value}; allowed are 100, 20 and 4 steps a second`,
    samples: (value: string) => `its number of samples is ${value}; allowed are 1 to 100000`,
    view: (name: string) => `“${name}” in it is not a view`,
  },
};
