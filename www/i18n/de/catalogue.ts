/** Der Katalog des Kerns: Familien und Ziele. Titel von Aufsätzen bleiben, wie sie sind. */

import type { Words } from '../en';

export const catalogue: Words['catalogue'] = {
  families: {
    nade: {
      title: 'NADE',
      long_title: 'Neuronaler autoregressiver Dichteschätzer',
      summary:
        'Eine bedingte Dichte nach der anderen, aus gemeinsamen Gewichten und einer laufenden Summe: ein Durchlauf je Variable, für Dichte und Stichproben.',
    },
    made: {
      title: 'MADE',
      long_title: 'Maskierter Autoencoder zur Dichteschätzung',
      summary:
        'Ein maskiertes Netz gibt die bedingte Dichte jeder Variablen, gegeben die vor ihr, alle in einem Durchlauf.',
    },
    maf: {
      title: 'MAF',
      long_title: 'Maskierter autoregressiver Flow',
      summary:
        'Ein Stapel von MADEs: Dichte in einem Durchlauf je Schicht, Stichproben in einem je Variable und Schicht.',
    },
    iaf: {
      title: 'IAF',
      long_title: 'Inverser autoregressiver Flow',
      summary:
        'Das Spiegelbild von MAF: Stichproben in einem Durchlauf je Schicht, Dichte in einem je Variable und Schicht.',
    },
    nice: {
      title: 'NICE',
      long_title: 'Schätzung nichtlinearer unabhängiger Komponenten',
      summary:
        'Kopplungsschichten, die nur verschieben: Flächen bleiben, wie sie sind, bis zu einer diagonalen Skalierung am Ende.',
    },
    realnvp: {
      title: 'RealNVP',
      long_title: 'Reellwertiger, nicht volumentreuer Flow',
      summary:
        'Kopplungsschichten: Eine Hälfte geht durch und bewegt die andere; beide Richtungen kosten einen Durchlauf je Schicht.',
    },
    glow: {
      title: 'Glow',
      long_title: 'Glow: Aktivierungsnorm, umkehrbare lineare Abbildung, affine Kopplung',
      summary: 'RealNVP mit einer gelernten linearen Mischung der Variablen zwischen den Kopplungsschichten.',
    },
    spline: {
      title: 'Spline',
      long_title: 'Neuronaler Spline-Flow, autoregressiv',
      summary:
        'MAF mit einer biegsamen monotonen Kurve statt Verschieben und Skalieren: bedingte Dichten mit vielen Höckern.',
    },
    'spline-coupling': {
      title: 'Spline-Kopplung',
      long_title: 'Neuronaler Spline-Flow, Kopplung',
      summary:
        'RealNVP mit einer biegsamen monotonen Kurve statt Verschieben und Skalieren: ein Durchlauf in beide Richtungen.',
    },
    cnf: {
      title: 'CNF',
      long_title: 'Stetiger normalisierender Flow',
      summary:
        'Eine Differentialgleichung von der Basis zu den Daten, trainiert über ihre Likelihood: Jeder Trainingsschritt löst sie hin und zurück.',
    },
    'flow-matching': {
      title: 'Flow Matching',
      long_title: 'Flow Matching, Rectified Flow',
      summary:
        'Eine Geschwindigkeit für jeden Ort und jede Zeit, gelernt von Geraden zwischen Basis und Daten: Zum Training braucht es keine Dichte, beim Lösen kommt eine heraus.',
    },
    diffusion: {
      title: 'Diffusion',
      long_title: 'Entrauschende Diffusion',
      summary:
        'Lernt, den Daten Rauschen zu nehmen, auf jeder Stufe des Rauschens, und macht Stichproben aus bloßem Rauschen in vielen kleinen Schritten.',
    },
    vae: {
      title: 'VAE',
      long_title: 'Variations-Autoencoder',
      summary:
        'Wenige latente Variablen, jedes Mal zu einer Gauß-Glocke entschlüsselt: Die Dichte ist ein Integral, von dem er nur eine Schranke kennt.',
    },
    gan: {
      title: 'GAN',
      long_title: 'Generatives gegnerisches Netz',
      summary:
        'Ein Generator lernt zu machen, was ein Diskriminator nicht von Daten unterscheiden kann: Stichproben in einem Durchlauf, und gar keine Dichte.',
    },
  },
  targets: {
    'two-moons': { title: 'Zwei Monde', summary: 'Zwei gebogene Modi: Läuft ein Faden zwischen ihnen?' },
    crescent: {
      title: 'Sichel',
      summary: 'Gauß’sche bedingte Dichten in der einen Reihenfolge, zwei Höcker in der anderen.',
    },
    'eight-gaussians': {
      title: 'Acht Gauß-Glocken',
      summary: 'Acht Modi, die eine einzelne bedingte Gauß-Glocke verwischt.',
    },
    'two-gaussians': { title: 'Zwei Gauß-Glocken', summary: 'Der kleinste Fall zweier getrennter Modi.' },
    'gaussian-grid': { title: 'Gauß-Gitter', summary: 'Fünfundzwanzig scharfe Modi.' },
    pinwheel: { title: 'Windrad', summary: 'Fünf gebogene Arme.' },
    'four-rings': {
      title: 'Vier Ringe',
      summary: 'Löcher in Löchern: schwer für jede stetige Abbildung der Ebene.',
    },
    checkerboard: { title: 'Schachbrett', summary: 'Scharfe Kanten und leere Felder.' },
    'two-spirals': { title: 'Zwei Spiralen', summary: 'Zwei lange dünne Arme.' },
    funnel: { title: 'Trichter', summary: 'Die Breite von x1 wächst mit x2: leicht in einer Reihenfolge.' },
    'heavy-tailed': {
      title: 'Schwere Ränder',
      summary: 'Ferne Punkte, die eine Gauß’sche Basis nicht erklären kann.',
    },
  },
};
