/** Was in diesem Browser aufbewahrt wird. */

import type { Words } from '../en';

export const keeping: Words['keeping'] = {
  label: 'Aufbewahrte Arbeit',
  offer: (what, when) => `Deine letzte Arbeit ist aufbewahrt: ${what}, ${when}.`,
  goOn: 'Dort weitermachen',
  title: 'In diesem Browser aufbewahrt',
  text: 'Was du machst und trainierst, wird hier von selbst aufbewahrt: nach einem Neuladen oder Absturz geht die Seite dort weiter, wo sie war.',
  size: (megabytes) => `Zusammen ${megabytes} MB.`,
  run: (family, target, step) => `${family} auf ${target}, Schritt ${step}`,
  drawing: 'einer Zeichnung',
  beside: (name, others) =>
    others === 1 ? `${name}, und noch ein Lauf` : `${name}, und ${others} weitere Läufe`,
  open: (what, when) => `${what}, ${when}`,
  openTitle: 'Damit weitermachen; was jetzt hier ist, wird auch aufbewahrt',
  delete: (what) => `${what} löschen`,
  deleteAll: 'Alles Aufbewahrte löschen',
  refused:
    'Dieser Browser bewahrt für diese Seite nichts auf: Was du machst, ist weg, wenn der Tab geschlossen wird. Speichere ein Modell oder ein Experiment, um es zu behalten.',
  full: 'Dieser Browser hat keinen Platz mehr: Was du ab jetzt machst, ist weg, wenn der Tab geschlossen wird. Speichere ein Modell oder ein Experiment, um es zu behalten, oder schaffe unter „Dateien“ Platz.',
  elsewhere: 'Diese Arbeit ist in einem anderen Tab offen: mach dort weiter.',
  gone: 'Diese Arbeit ist nicht lesbar: Sie wurde gelöscht oder von einer neueren Version dieser Seite aufbewahrt. Lade die Seite neu und versuche es noch einmal.',
};
