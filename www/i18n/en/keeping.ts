/** What is kept in this browser. */
export const keeping = {
  label: 'Kept work',
  offer: (what: string, when: string) => `Your last work is kept: ${what}, ${when}.`,
  goOn: 'Go on where you were',
  title: 'Kept in this browser',
  text: 'What you make and train is kept here by itself: after a reload or a crash the page goes on where it was.',
  size: (megabytes: string) => `${megabytes} MB in all.`,
  run: (family: string, target: string, step: string) => `${family} on ${target}, step ${step}`,
  drawing: 'a drawing',
  beside: (name: string, others: number) =>
    others === 1 ? `${name}, and another run` : `${name}, and ${others} other runs`,
  open: (what: string, when: string) => `${what}, ${when}`,
  openTitle: 'Go on with it; what is here now is kept, too',
  delete: (what: string) => `Delete ${what}`,
  deleteAll: 'Delete all that is kept',
  refused:
    'This browser keeps nothing for this page: what you make is gone when the tab is closed. Save a model or an experiment to keep it.',
  full: 'This browser has no room left: what you make from now on is gone when the tab is closed. Save a model or an experiment to keep it, or make room under “Files”.',
  elsewhere: 'That work is open in another tab: go on there.',
  gone: 'That work can’t be read: it was deleted, or kept by a newer version of this page. Reload the page and try again.',
};
