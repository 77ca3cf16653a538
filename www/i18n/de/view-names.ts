/** Die Ansichten: wie jede heißt, und welche Frage sie beantwortet. Was in ihnen steht, ist in views.ts. */

import type { Words } from '../en';

export const viewNames: Words['viewNames'] = {
  conditionals: {
    title: 'Bedingte Dichten',
    question: 'Was denkt das Modell von der einen Variablen, wenn es die andere kennt?',
  },
  ancestral: {
    title: 'Ziehen',
    question: 'Wie entsteht eine Stichprobe?',
  },
  masks: {
    title: 'Masken',
    question: 'Wer darf wen lesen?',
  },
  variable: {
    title: 'Eine Abbildung einer Variablen',
    question: 'Wie macht eine Kurve eine Dichte?',
  },
  layers: {
    title: 'Schichten',
    question: 'Wie wird aus einer schlichten Dichte diese?',
  },
  receipt: {
    title: 'Beleg für einen Punkt',
    question: 'Welche Schicht trägt was zur Dichte dieses Punkts bei?',
  },
  base: {
    title: 'Basisraum',
    question: 'Wo landen die Daten?',
  },
  bubble: {
    title: 'Die Seifenblase',
    question: 'Liegen Stichproben, wo die Dichte am höchsten ist?',
  },
  modes: {
    title: 'Modi',
    question: 'Welche Modi wurden gefunden, welche verloren?',
  },
  temperature: {
    title: 'Temperatur',
    question: 'Was gewinnen kältere Stichproben, und was verlieren sie?',
  },
  cost: {
    title: 'Kosten',
    question: 'Was kostet eine Dichte, was eine Stichprobe?',
  },
  breaking: {
    title: 'Bruchstellen',
    question: 'Wo hört es auf, eine Bijektion zu sein, und was weiß es nicht?',
  },
  memory: {
    title: 'Speicher',
    question: 'Was muss sich ein Gradient merken?',
  },
  ensemble: {
    title: 'Viele Startwerte',
    question: 'War es Glück?',
  },
  efficiency: {
    title: 'Wie viele Punkte?',
    question: 'Wie viel lernt welche Familie aus wie wenigen?',
  },
  chain: {
    title: 'Kettenregel',
    question: 'Welche Variable kostet wie viel, wenn die davor bekannt sind?',
  },
  orderings: {
    title: 'Reihenfolgen',
    question: 'Kommt es auf die Reihenfolge an?',
  },
  baselines: {
    title: 'Vergleichsmodelle',
    question: 'Ist es besser als etwas Einfaches?',
  },
  ruler: {
    title: 'Ein Maßstab',
    question: 'Wie weit ist es vom Ziel, was auch immer es von sich sagen kann?',
  },
};
