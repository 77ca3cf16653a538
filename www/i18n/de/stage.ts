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
    modelLine: 'Modell',
    targetLine: 'Ziel',
    contours: 'Höhenlinien',
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
    entropy: 'Entropie H',
    entropyInNats: 'Entropie in nats',
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
    objective: 'Andere KL',
    objectiveTitle: 'Derselbe Flow unter der anderen Zielfunktion, neben diesem',
    copy: 'Kopie',
    copyTitle: 'Ein zweiter Lauf wie dieser, den du ändern kannst',
  },

  curve: {
    logarithmic: 'auf logarithmischer Skala',
    overSteps: 'in nats, über die Schritte',
    nll: 'Test-NLL',
    entropy: 'Entropie H',
    log: 'log',
    table: 'Tabelle',
    asTable: 'Trainingskurve als Tabelle',
    step: 'Schritt',
  },

  about: {
    parameters: (count) => `${count} Parameter`,
    alternating: 'jede zweite in umgekehrter Reihenfolge',
  },
};
