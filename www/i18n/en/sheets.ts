/** What opens on request: sharing and help from the page's corner, the look back at a training. */
export const sheets = {
  share: {
    heading: 'The link holds everything',
    text: 'Runs, target, drawing, open views, temperature, what is shown: whoever opens it sees the same numbers.',
    link: 'Link',
    copyLink: 'Copy link',
    copied: 'Copied',
    code: 'QR code of the link',
    tooLong: 'With a drawing in it the link is too long for a QR code.',
    embedHeading: 'In a page, a notebook, a slide',
    embed: 'Embed code',
    copyCode: 'Copy code',
    refused: 'The browser does not let this page copy: select the text and copy it by hand.',
  },

  past: {
    label: 'Look back at the training',
    how: 'Drag the slider, or along the curve: stage, samples and open views show that step. Nothing is trained again.',
    film: 'Play the training as a film',
    stop: 'Stop the film',
    filmShort: 'Film',
    speed: 'Speed of the film',
    perSecond: (steps: number) => `${steps} pictures/s`,
    slider: 'Step that is shown',
    shown: 'Shown now',
    at: (step: string) => `step ${step}`,
    atNow: (step: string) => `now, step ${step}`,
    now: 'now',
    back: 'Back to now',
    branch: 'Branch from here',
    branchTitle:
      'A second run beside this one that goes on from this step’s parameters; Adam’s averages begin anew',
    rate: 'Learning rate of the branch',
    rateTimes: (factor: number) => (factor === 1 ? 'same rate' : `rate × ${factor}`),
    kept: (steps: number, megabytes: string) => `${steps} steps kept, ${megabytes} of at most 4 MB`,
    tooLarge: (parameters: string) =>
      `This model has ${parameters} parameters: eight steps of it are more than the 4 MB that a training may keep, so there is nothing to look back at.`,
  },

  help: {
    heading: 'A density, learned before your eyes',
    first:
      'Points are drawn from the {target}. The {model} moves its own density until those points are as likely as possible. Pick a target or draw one, choose a family, press play.',
    target: 'target',
    model: 'model',
    second:
      'The model can never explain points better than the target does: its NLL ends at the entropy H at best. What is left between them is the KL.',
    third:
      'Words with dots under them say what they mean, and so do the question marks beside labels. The address bar holds the whole experiment: copy it to share. {lessons} begin with the chain rule.',
    lessons: 'Fourteen lessons',
    licences: 'Licences of all that this page is made of',
    tour: 'Take the tour',
    keys: [
      ['Space', 'play or pause'],
      ['S', 'one step'],
      ['R', 'back to step 0'],
      ['O', 'flip the ordering'],
      ['D', 'draw, or leave drawing'],
      ['Ctrl Z, Ctrl Y', 'undo, redo'],
    ],
  },
};
