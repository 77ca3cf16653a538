/** Was um die Ansichten herum und in mehreren von ihnen steht. */

import type { Words } from '../en';

export const view: Words['view'] = {
  closer: 'Genauer hinsehen',
  all: 'Alle Ansichten',
  views: 'Ansichten',
  loading: 'Lädt …',
  unloaded:
    'Diese Ansicht konnte nicht geladen werden. Schließe und öffne sie noch einmal, oder lade die Seite neu.',
  each: 'Jede beantwortet eine Frage zum Modell auf der Bühne, während es trainiert.',
  looking: 'Sieht nach …',
  what: 'Was sehe ich hier?',
  whatOf: (view) => `Was sehe ich hier? ${view}`,
  pin: (view) => `${view} anheften`,
  pinTitle: 'Offen lassen, wenn eine andere Ansicht geöffnet wird',
  enlarge: (view) => `${view} vergrößern`,
  enlargeTitle: 'Vergrößern',
  shrinkTitle: 'Zurück zu den anderen',
  close: (view) => `${view} schließen`,
  closeTitle: 'Schließen',
  chart: (label) => `${label}. Pfeiltasten lesen die Werte vor.`,
  agnostic:
    'Dieses Modell ist ein Mittel über Reihenfolgen; zu sehen ist hier der Flow seiner eigenen Reihenfolge.',
  needsPlane: 'Diese Ansicht sieht auf eine Ebene: Sie ist für Ziele mit zwei Variablen.',
  needsConditioners: (family) =>
    `Diese Ansicht braucht Schichten, in denen ein Netz Variablen durch andere bewegt. ${family} hat keine: Wähle eine autoregressive oder eine Kopplungsfamilie.`,
  needsBijection: (family) =>
    `Diese Ansicht braucht eine umkehrbare Abbildung zu einer Basis. ${family} ist keine: Wähle einen Flow.`,
  needsModelDensity: (family) =>
    `Diese Ansicht braucht ein Modell mit einer Dichte. ${family} hat keine: Es macht Stichproben.`,
  needsDensity: 'Diese Ansicht braucht die Dichte des Ziels selbst. Eine Tabelle hat keine: Sie hat Zeilen.',
  needsTable: 'Diese Ansicht ist für Tabellen: Wähle eine als Ziel, oder bring deine eigene.',
  stop: 'Anhalten',
  model: 'Modell',
  target: 'Ziel',
};
