/** Was auf Wunsch aufgeht: Teilen und Hilfe in der Ecke der Seite, der Rückblick auf ein Training. */

import type { Words } from '../en';

export const sheets: Words['sheets'] = {
  share: {
    heading: 'Der Link enthält alles',
    text: 'Läufe, Ziel, Zeichnung, offene Ansichten, Temperatur, was zu sehen ist: Wer ihn öffnet, sieht dieselben Zahlen.',
    link: 'Link',
    copyLink: 'Link kopieren',
    copied: 'Kopiert',
    code: 'QR-Code des Links',
    tooLong: 'Mit einer Zeichnung darin ist der Link zu lang für einen QR-Code.',
    embedHeading: 'In einer Seite, einem Notebook, einer Folie',
    embed: 'Code zum Einbetten',
    copyCode: 'Code kopieren',
    refused: 'Der Browser lässt diese Seite nicht kopieren: Markiere den Text und kopiere ihn von Hand.',
  },

  past: {
    label: 'Rückblick auf das Training',
    how: 'Am Regler oder an der Kurve entlangziehen: Bühne, Stichproben und offene Ansichten zeigen jenen Schritt. Nichts wird neu trainiert.',
    film: 'Das Training als Film abspielen',
    stop: 'Den Film anhalten',
    filmShort: 'Film',
    speed: 'Tempo des Films',
    perSecond: (steps) => `${steps} Bilder/s`,
    slider: 'Gezeigter Schritt',
    shown: 'Jetzt gezeigt',
    at: (step) => `Schritt ${step}`,
    atNow: (step) => `jetzt, Schritt ${step}`,
    now: 'jetzt',
    back: 'Zurück zum Jetzt',
    branch: 'Von hier abzweigen',
    branchTitle:
      'Ein zweiter Lauf neben diesem, der mit den Parametern dieses Schritts weitergeht; Adams Mittelwerte beginnen neu',
    rate: 'Lernrate der Abzweigung',
    rateTimes: (factor) => (factor === 1 ? 'gleiche Rate' : `Rate × ${String(factor).replace('.', ',')}`),
    kept: (steps, megabytes) => `${steps} Schritte aufgehoben, ${megabytes} von höchstens 4 MB`,
    tooLarge: (parameters) =>
      `Dieses Modell hat ${parameters} Parameter: acht Schritte davon sind mehr als die 4 MB, die ein Training aufheben darf; also gibt es keinen Rückblick.`,
  },

  help: {
    heading: 'Eine Dichte, vor deinen Augen gelernt',
    first:
      'Aus dem {target} werden Punkte gezogen. Das {model} verschiebt seine eigene Dichte, bis diese Punkte so wahrscheinlich wie möglich sind. Wähle ein Ziel oder zeichne eines, wähle eine Familie, drücke Start.',
    target: 'Ziel',
    model: 'Modell',
    second:
      'Das Modell kann die Punkte nie besser erklären als das Ziel selbst: Seine NLL endet bestenfalls bei der Entropie H. Was dazwischen bleibt, ist die KL.',
    third:
      'Wörter mit Punkten darunter sagen, was sie bedeuten, ebenso die Fragezeichen neben Reglern. Die Adresszeile enthält das ganze Experiment: Kopiere sie, um es zu teilen. {lessons} beginnen mit der Kettenregel.',
    lessons: 'Vierzehn Lektionen',
    licences: 'Lizenzen von allem, woraus diese Seite besteht',
    tour: 'Zum Rundgang',
    keys: [
      ['Leertaste', 'Start oder Pause'],
      ['S', 'ein Schritt'],
      ['R', 'zurück zu Schritt 0'],
      ['O', 'Reihenfolge umkehren'],
      ['D', 'zeichnen, oder aufhören damit'],
      ['Strg Z, Strg Y', 'rückgängig, wiederholen'],
    ],
  },
};
