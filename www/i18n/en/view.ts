/** What is written around the views, and in several of them. */
export const view = {
  closer: 'Look closer',
  all: 'All views',
  views: 'Views',
  loading: 'Loading …',
  unloaded: 'This view could not be loaded. Close it and open it again, or reload the page.',
  each: 'Each answers one question about the model on the stage, while it trains.',
  looking: 'Looking …',
  what: 'What am I looking at?',
  whatOf: (view: string) => `What am I looking at? ${view}`,
  pin: (view: string) => `Pin ${view}`,
  pinTitle: 'Keep it open when another view is opened',
  enlarge: (view: string) => `Make ${view} large`,
  enlargeTitle: 'Make it large',
  shrinkTitle: 'Back among the others',
  close: (view: string) => `Close ${view}`,
  closeTitle: 'Close',
  chart: (label: string) => `${label}. Arrow keys read the values.`,
  agnostic: 'This model is an average over orderings; what is seen here is the flow of its own ordering.',
  needsPlane: 'This view looks at a plane: it is for targets of two variables.',
  needsConditioners: (family: string) =>
    `This view needs layers in which a network moves variables by others. ${family} has none: choose an autoregressive or a coupling family.`,
  needsBijection: (family: string) =>
    `This view needs a bijection to a base. ${family} is none: choose a flow.`,
  needsModelDensity: (family: string) =>
    `This view needs a model with a density. ${family} has none: it makes samples.`,
  needsDensity: 'This view needs the target’s own density. A table has none: it has rows.',
  needsTable: 'This view is for tables: choose one as the target, or bring your own.',
  stop: 'Stop',
  model: 'model',
  target: 'target',
};
