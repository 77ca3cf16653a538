/** Die Bühnen und die Zahlen um sie herum. */

import type { Words } from '../en';

export const stage: Words['stage'] = {
  described: (step, target, kl) =>
    `Gelernte Dichte bei Schritt ${step}, Ziel ${target}${kl === null ? '' : `, KL ${kl} nats`}`,
  model: (density) => `Modell ${density}`,
  target: (density) => `Ziel ${density}`,
  layers: (count) => `${count} ${count === 1 ? 'Schicht' : 'Schichten'}`,
  seed: (seed) => `Startwert ${seed}`,
  forward: 'Vorwärts-KL',
  reverse: 'Rückwärts-KL',
  choose: (run) => `Lauf ${run}: ändern und genauer ansehen`,
  chooseTitle: 'Die Regler und die Ansichten gelten dem gewählten Lauf',
  remove: (run) => `Lauf ${run} entfernen`,
  removeTitle: 'Diesen Lauf entfernen',

  legend: {
    onStage: 'Auf der Bühne',
    density: 'Dichte: Wahrscheinlichkeit je Flächeneinheit',
    colours: (from, to) => `Farben von Dichte ${from} bis ${to} je Flächeneinheit und darüber`,
    model: 'Modelldichte',
    logarithmic: 'Log-Farben',
    samples: 'Stichproben',
    count: 'Wie viele Stichproben',
    points: 'Trainingspunkte',
    modelLine: 'Modell',
    targetLine: 'Ziel',
    contours: 'Höhenlinien',
  },

  pairs: {
    plot: 'Paardiagramm',
    described: (step, target, shown, all) =>
      `Paardiagramm bei Schritt ${step}, Ziel ${target}, ${shown} von ${all} Variablen: Stichproben des Modells über den Daten`,
    describedPair: (step, target, y, x) =>
      `${y} gegen ${x} bei Schritt ${step}, Ziel ${target}: Stichproben des Modells über den Daten`,
    pair: (y, x, correlation) => `${y} gegen ${x}, Korrelation ${correlation} in den Daten: vergrößern`,
    back: 'Alle Paare',
    note: 'Stichproben über Daten: Die Dichte eines Paars hat hier keine exakte Form, darum ist keine gezeichnet.',
    correlations: (data, model) =>
      model === null
        ? `Korrelation in den Daten ${data}.`
        : `Korrelation in den Daten ${data}, in den Stichproben des Modells ${model}.`,
    variables: (shown, all) => `Variablen: ${shown} von ${all}`,
    variablesTitle: (most) => `Zwei bis ${most} auf einmal`,
    choose: 'Variablen im Paardiagramm',
    how: 'Drück auf ein Paar, um es zu vergrößern.',
  },

  numbers: {
    heading: 'Wie nah',
    nats: 'nats',
    kl: 'KL',
    forwardKl: 'Vorwärts-KL',
    klInNats: 'KL in nats',
    reverseInNats: 'Rückwärts-KL in nats',
    exact: (step, kl) => `bei Schritt ${step}: ${kl}`,
    nll: 'Test-NLL',
    nllInNats: 'Test-NLL in nats',
    atMostNats: 'Nats höchstens',
    solved:
      'Durch Lösen: Bei zu wenigen Schritten ist die Masse der Dichte nicht 1, und diese Zahlen sind zu klein.',
    noDensity: 'Ein GAN hat keine Dichte: keine NLL, keine KL. Nur seine Stichproben lassen sich messen.',
    entropy: 'Entropie H',
    entropyInNats: 'Entropie in nats',
    train: 'NLL, Trainingspunkte',
    validation: 'NLL, Validierungspunkte',
    testRows: 'NLL, Testzeilen',
    trainRows: 'NLL, Trainingszeilen',
    validationRows: 'NLL, Validierungszeilen',
    rows: (count) => `${count} Zeilen`,
    noKl: 'Keine KL: Die Entropie einer Tabelle ist nicht bekannt. Vergleiche NLLs und die Ansicht Vergleichsmodelle.',
    bits: 'Bits je Dimension',
    atMost: 'höchstens',
    best: 'Bester Schritt',
    epochs: (count) => `${count} Epochen bisher`,
    elbo: 'ELBO',
    elboInNats: 'ELBO in nats',
    ess: 'Effektiver Umfang',
    weights: 'aus Gewichten',
    logZ: 'Schätzung von ln Z',
    truth: (value) => `wahr ${value}`,
    modes: 'Gefundene Modi',
    of: (count) => `von ${count}`,
    thread: 'Fadenmasse',
    noError: 'ein Fehler ist nicht angebbar',
    noErrorWhy:
      'Was gemittelt wird, hat so schwere Ränder, dass seine Varianz unendlich sein kann: Ein Standardfehler sagt dann nichts.',
    beyond: 'das Training geht weiter',
    beyondWhy: 'An manchen Testpunkten ist die Dichte des Modells kleiner als jede Zahl.',
  },

  compare: {
    table: 'Die Läufe im Vergleich',
    run: 'Lauf',
    columns: {
      nll: 'NLL',
      kl: 'KL, nats',
      modes: 'Modi',
      thread: 'Fadenmasse',
      step: 'Schritt',
      speed: 'Schritte/s',
    },
    of: (covered, all) => `${covered} von ${all}`,
    best: '(am besten)',
    one: 'ein Ziel für alle',
    oneTitle: 'Ein Ziel, das du wählst oder zeichnest, ist dann das Ziel jedes Laufs',
  },

  side: {
    heading: 'Nebeneinander',
    ordering: 'Umgekehrt',
    orderingTitle: 'Dasselbe Modell in der anderen Reihenfolge, neben diesem',
    reversedTitle: 'Dasselbe Modell in der umgekehrten Reihenfolge, neben diesem',
    objective: 'Andere KL',
    objectiveTitle: 'Derselbe Flow unter der anderen Zielfunktion, neben diesem',
    ways: 'Vier Wege',
    waysTitle: 'Dasselbe Ziel, gelernt von einem Flow, durch Flow Matching, von einem VAE und von einem GAN',
    copy: 'Kopie',
    copyTitle: 'Ein zweiter Lauf wie dieser, den du ändern kannst',
  },

  curve: {
    logarithmic: 'auf logarithmischer Skala',
    overSteps: 'in nats, über die Schritte',
    nll: 'Test-NLL',
    fresh: 'neue Punkte',
    train: 'Trainingspunkte',
    validation: 'Validierungspunkte',
    testRows: 'Testzeilen',
    trainRows: 'Trainingszeilen',
    validationRows: 'Validierungszeilen',
    best: (step) => `bester: ${step}`,
    entropy: 'Entropie H',
    log: 'log',
    table: 'Tabelle',
    asTable: 'Trainingskurve als Tabelle',
    step: 'Schritt',
  },

  about: {
    parameters: (count) => `${count} Parameter`,
    steps: (count) => (count === 1 ? '1 Schritt' : `${count} Schritte`),
    alternating: 'jede zweite in umgekehrter Reihenfolge',
  },
};
