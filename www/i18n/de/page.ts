/** Der Rahmen der Seite: Kopf, Blätter, Tasten, Rundgang. */

import type { Words } from '../en';

export const page: Words['page'] = {
  description:
    'Lerne, wie Normalizing Flows und autoregressive Dichtemodelle arbeiten, indem du sie anfasst: Zeichne eine Dichte und sieh zu, wie ein Modell sie lernt.',
  embedded: 'Density Playground, eingebettet',
  language: 'Sprache (language)',
  languageFailed: 'Diese Sprache konnte nicht geladen werden. Versuch es noch einmal, wenn das Netz da ist.',
  page: 'Seite',
  panels: 'Felder',
  experiment: 'Experiment',
  seen: 'Was zu sehen ist',
  tabs: { target: 'Ziel', model: 'Modell', views: 'Ansichten', curve: 'Kurve' },
  undo: 'Rückgängig',
  undoTitle: 'Rückgängig (Strg Z)',
  redo: 'Wiederholen',
  redoTitle: 'Wiederholen (Strg Y, Strg Umschalt Z)',
  lessons: 'Lektionen',
  lessonsTitle: 'Vierzehn Lektionen, jede mit einer Frage zum Raten',
  onStages: 'Auf den Bühnen',
  announced: (step, kl) => `Schritt ${step}, KL ${kl} nats`,
  announcedNll: (step, nll) => `Schritt ${step}, NLL ${nll} nats`,
  light: 'Helle Farben',
  dark: 'Dunkle Farben',
  darkTitle: 'Dunkle Farben, für einen Projektor im dunklen Raum',
  letters: 'Tasten mit einem Buchstaben',
  unloaded: 'Das konnte nicht geladen werden. Öffne es noch einmal, wenn das Netz da ist.',
  closeMessage: 'Diese Meldung schließen',
  newVersion: {
    label: 'Neue Version',
    there: 'Von dieser Seite gibt es eine neue Version. Was du gemacht hast, geht darin weiter.',
    reload: 'Neu laden',
  },
  run: (name) => `Lauf ${name}: `,
  open: 'Im Playground öffnen',

  transport: {
    training: 'Training',
    play: 'Start',
    pause: 'Pause',
    on: 'Fortsetzen',
    space: (label) => `${label} (Leertaste)`,
    step: 'Ein Schritt',
    stepTitle: 'Ein Schritt',
    reset: 'Zurücksetzen',
    resetTitle: 'Zurück zu Schritt 0',
    speed: 'Tempo',
    speedTitle: 'Wie schnell trainiert wird',
    full: 'Vollgas',
    pace: (steps) => `${steps}/s`,
  },

  progress: {
    step: 'Schritt',
    steps: 'Getane Schritte',
    trained: 'trainiert',
    ready: 'bereit',
    outOfSight: 'ruht, solange niemand zusieht',
    paused: 'angehalten',
    past: 'Rückblick',
    speed: (steps) => `${steps}/s`,
  },

  place: {
    where: 'Wo trainiert wird',
    on: 'Trainiert auf',
    press: (now) => `${now} Drücken, um zu wählen.`,
    workers: 'Worker',
    gpu: (adapter, software) =>
      `Trainiert auf der GPU: ${adapter || 'ein Adapter ohne Namen'}${software ? ', der nur Software ist und langsam' : ''}.`,
    coming: 'Auf dem Weg zur GPU.',
    shared: (workers) =>
      `Jeden Schritt teilen sich ${workers} Worker dieser Seite, jeder auf einem eigenen Prozessor.`,
    alone: 'Trainiert auf dem Prozessor dieses Geräts, in einem Worker dieser Seite.',
    choices: {
      auto: ['Automatisch', 'auf der GPU, wo es eine echte gibt'],
      gpu: ['GPU', 'über WebGPU, welcher Adapter es auch sei'],
      cpu: ['Prozessor', 'mit SIMD, in Workern dieser Seite'],
    },
    same: 'Gleicher Startwert, gleiche Batches: Beide unterscheiden sich nur durch Rundung. Was die GPU nicht kann, bleibt auf dem Prozessor, und hier steht, warum.',
    unseen: 'Auch ungesehen trainieren',
    unseenWhy: 'Sonst ruht es nach fünf Sekunden in einem verborgenen Tab: Das schont den Akku.',
  },

  share: { share: 'Teilen', title: 'Link, Code für eine Klasse, Rahmen für eine Seite' },

  files: {
    files: 'Dateien',
    title: 'Öffnen und speichern',
    input: 'Datei mit Punkten, einem Bild oder einem Experiment',
  },

  help: { help: 'Hilfe', title: 'Was ist das?' },

  term: {
    what: (title) => `Was heißt ${title}?`,
    title: 'Was ist das?',
  },

  tour: {
    label: (at, of, title) => `Rundgang, ${at} von ${of}: ${title}`,
    place: (at, of) => `${at} von ${of}`,
    skip: 'Überspringen',
    close: 'Schließen',
    back: 'Zurück',
    next: 'Weiter',
    stops: {
      learns: [
        'Ein Modell lernt',
        'Blau ist, was das Modell glaubt, die gestrichelten orangen Linien sind das Ziel. Es trainiert, während du liest: Halte es an, wann du willst.',
      ],
      target: [
        'Gib ihm etwas zu lernen',
        'Wähle ein Ziel oder zeichne ein eigenes: Das Modell folgt deiner Hand.',
      ],
      model: [
        'Ändere das Modell',
        'Jede Familie ist anders gebaut. Kehre bei der Sichel mit MADE die Reihenfolge um und sieh eine scheitern.',
      ],
      close: [
        'Wie nah ist es?',
        'Die KL ist, was zwischen Modell und Ziel übrig ist, in nats. Bei 0 sind sie gleich.',
      ],
      views: [
        'Sieh genauer hin',
        'Jede Ansicht beantwortet eine Frage: wie eine bedingte Dichte aussieht, wer wen lesen darf, was jede Schicht tut. Zwei Läufe nebeneinander beantworten noch viele mehr.',
      ],
    },
  },

  trouble: {
    again: 'Neu starten',
    viewsAgain: 'Ansichten neu starten',
    link: (why) => `Dieser Link lässt sich nicht öffnen: ${why}`,
    rows: (name, rows, columns) =>
      `Dazu braucht es die Zeilen von ${name} (${rows === null ? '' : `${rows} Zeilen, `}${columns} Spalten), und die sind nicht hier: Zieh die Datei auf die Seite, dann öffnet es sich.`,
    embedded: 'In einem Rahmen lässt sich keine Datei öffnen. Öffne den Playground und zieh sie dorthin.',
    moons: 'Mit zwei Monden beginnen',
    seed: 'Der Startwert ist eine ganze Zahl von 0 bis 4.294.967.295.',
  },

  link: {
    drawing: 'die Zeichnung darin ist beschädigt oder abgeschnitten',
    drawingSize: (side) => `die Zeichnung darin hat mehr als ${side} Zeilen mit ${side} Zellen`,
    rows: 'die Zeilen darin sind beschädigt oder abgeschnitten',
    rowsSize: 'die Zeilen darin sind mehr, als ein Link haben kann',
    rowsNumbers: 'die Zeilen darin sind keine Zeilen von Zahlen',
    rowsOther: 'die Zeilen darin sind nicht die, die er nennt',
    field: (path) => `${path} darin ist kein Feld eines Experiments`,
    empty: (part) => `„${part}“ darin hat keinen Wert`,
    value: (path) => `der Wert von ${path} darin ist beschädigt`,
    run: (path, run) => `${path} darin gehört zu Lauf ${run}; es kann 4 geben`,
    defaults: (value, most) =>
      `seine Voreinstellung ist Nummer ${value}; diese Seite kennt die von 1 bis ${most}, eine neuere vielleicht mehr`,
    temperature: (value) => `seine Temperatur ist ${value}; erlaubt ist 0 bis 1,5`,
    shown: (name) => `„${name}“ darin steht auf keiner Bühne`,
    pace: (value) => `sein Tempo ist ${value}; erlaubt sind 100, 20 und 4 Schritte je Sekunde`,
    samples: (value) => `seine Zahl der Stichproben ist ${value}; erlaubt ist 1 bis 100000`,
    view: (name) => `„${name}“ darin ist keine Ansicht`,
  },
};
