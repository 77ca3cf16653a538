/** The sheets that the page's corner opens: sharing, help. */
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
