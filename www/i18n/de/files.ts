/** Was mitgebracht und mitgenommen wird. */

import type { Words } from '../en';

export const files: Words['files'] = {
  bring: 'Bring Eigenes mit',
  bringText:
    'Punkte (eine Tabelle als Text, .npy oder .npz), ein Bild, ein gespeichertes Experiment oder Modell: Wähle es hier, lass es auf die Seite fallen oder füge Text ein.',
  open: 'Datei öffnen',
  take: 'Nimm mit',
  pictureOf: 'Bild von',
  stage: 'der Bühne',
  curve: 'der Trainingskurve',
  out: {
    png: ['Bild (PNG)', 'In doppelter Größe'],
    svg: ['Bild (SVG)', 'Linien und Wörter als solche'],
    samplesCsv: ['Stichproben (CSV)', 'Die Stichproben auf der Bühne'],
    samplesNpy: ['Stichproben (.npy)', 'Für NumPy: ein Feld (Punkte, 2)'],
    densityCsv: ['Dichte (CSV)', 'x1, x2 und die Dichte dort'],
    densityNpy: ['Dichte (.npy)', 'Für NumPy: Zeilen ab dem kleinsten x2'],
    curve: ['Trainingskurve (CSV)', 'Schritt, NLL, Entropie, KL und ihr Fehler'],
    model: [
      'Modell (.safetensors)',
      'Die trainierten Parameter mit ihrem Experiment: öffnet sich hier wieder',
    ],
    script: [
      'Python-Skript (.py)',
      'Lädt ein gespeichertes Modell: Dichte und Stichproben in NumPy, ein Modul in PyTorch',
    ],
    film: ['Film des Trainings', 'Die Bühne ab Schritt 0, als WebM'],
    experiment: ['Experiment (JSON)', 'Öffnet sich hier wieder, und im Terminal'],
  },
  notHere: 'Es ist gerade nicht auf der Seite: Öffne sein Feld, dann mach das Bild.',
  filming:
    'Es wird gefilmt: Der Film wird gespeichert, wenn die Läufe enden, nach 20 Sekunden, oder wenn du ihn anhältst.',
  filmingAlready: 'Es wird schon ein Film aufgenommen: Warte auf sein Ende, oder halt ihn an.',
  filmStop: 'Anhalten und speichern',
  pasted: 'Das Eingefügte',
  reading: (name) => `${name} wird gelesen …`,
  cancel: 'Abbrechen',
  units: (x, y, first, second) =>
    `Stichproben und Dichte werden in den Einheiten von ${x} und ${y} gespeichert. Modell, Skript und Experiment sind in denen der standardisierten Ebene: x₁ = ${first}, x₂ = ${second}.`,
  coordinate: (name, origin, unit) => `(${name} − ${origin}) / ${unit}`,
  densityUnits:
    'In den Einheiten dieser Spalten ist die Dichte eine zu große oder zu kleine Zahl, um sie zu schreiben: Sie wird in denen der standardisierten Ebene gespeichert.',

  brought: {
    brought: 'Was du mitgebracht hast',
    points: (count) => `${count} Punkte.`,
    placed: (means, deviations, side) =>
      `Standardisiert: Mittel ${means}, Abweichungen ${deviations}. Das Ziel ist die Dichte, die sie nahelegen, auf ${side} mal ${side} Zellen; NLL, Entropie und das gespeicherte Modell gelten für die standardisierten Spalten, was sonst gespeichert wird, hat deren eigene Einheiten.`,
    outside: (outside, all) =>
      `${outside} von ${all} Punkten liegen weit außerhalb der meisten und sind ausgelassen: Mit ihnen wären die anderen ein Fleck.`,
    mark: 'Dezimalzeichen',
    markPoint: 'der Punkt: 1.234 ist eins und etwas',
    markComma: 'das Komma: 1.234 ist mehr als tausend',
    everything: 'Mit den Punkten weit außerhalb',
    and: ' und ',
    column: (variable) => `Spalte für ${variable}`,
    left: (lines) => (lines === 1 ? 'Eine Zeile wurde ausgelassen:' : `${lines} Zeilen wurden ausgelassen:`),
    line: (line, why) => `Zeile ${line}: ${why}`,
    more: (lines) => `und ${lines} weitere`,
    ink: 'Die Dichte ist, was',
    dark: 'dunkel ist',
    light: 'hell ist',
    opaque: 'nicht durchsichtig ist',
    use: 'Zum Ziel machen',
    leave: 'Lassen',

    rows: {
      title: 'Oder seine Zeilen, wie sie sind',
      how: 'Das Modell lernt die Zeilen selbst, in allen Spalten, die du wählst, und wird an Zeilen gemessen, die es nicht gesehen hat.',
      columns: 'Spalten zum Lernen',
      looking: 'Die Zeilen werden angesehen …',
      rows: (rows, columns) => `${rows} Zeilen mit ${columns} Spalten.`,
      parts: (train, validation, test) =>
        `Seine Spalte split sagt: ${train} zum Trainieren, ${validation} zur Validierung, ${test} zum Testen.`,
      train: 'Auf den Zeilen trainieren',
      few: (rows, least) =>
        `Es gibt ${rows} vollständige Zeilen; ${least} oder mehr werden gebraucht. Lass Spalten mit Lücken weg oder bring mehr Zeilen.`,
      constant: (column) => `${column} hat in allen Zeilen denselben Wert: Davon gibt es keine Dichte.`,
      copy: (column, of) =>
        `${column} sagt dasselbe wie ${of}, vielleicht in einer anderen Einheit: Die Zeilen liegen auf einer Ebene, und die NLL fällt ohne Ende.`,
      leaveOut: (column) => `${column} weglassen`,
      narrow: (rows, columns) =>
        `${rows} Zeilen sind weniger als zehn für jede von ${columns} Spalten: Ein Fluss lernt sie auswendig.`,
      fewer: (columns) => `Nur die ersten ${columns} Spalten`,
      discrete: (columns, all) =>
        all === 1
          ? `${columns} hat nur ganze oder wenige verschiedene Zahlen: Eine Dichte solcher Daten kann ohne Ende wachsen, ihre NLL hat also keinen Boden.`
          : `${columns} haben nur ganze oder wenige verschiedene Zahlen: Eine Dichte solcher Daten kann ohne Ende wachsen, ihre NLL hat also keinen Boden.`,
      skewed: (columns, all) =>
        all === 1
          ? `${columns} neigt sich weit nach einer Seite; der Logarithmus neigt sich weniger und ist leichter zu lernen.`
          : `${columns} neigen sich weit nach einer Seite; die Logarithmen neigen sich weniger und sind leichter zu lernen.`,
      takeLogarithms: (columns) => `Den Logarithmus von ${columns} lernen`,
      logarithms: (columns) =>
        `Von ${columns} wird der Logarithmus gelernt; die NLL steht in den eigenen Einheiten der Spalte.`,
      noLogarithms: 'Ohne Logarithmen',
      heavy: (columns, all) =>
        all === 1
          ? `${columns} hat viel mehr Zahlen weit außen als eine Gauß-Verteilung: Eine Basis mit schweren Rändern erklärt sie.`
          : `${columns} haben viel mehr Zahlen weit außen als eine Gauß-Verteilung: Eine Basis mit schweren Rändern erklärt sie.`,
      takeBase: 'Eine Student-t-Basis wählen',
      heavyBase: 'Das Modell beginnt mit einer Student-t-Basis von 3 Freiheitsgraden.',
      noBase: 'Die Basis behalten',
      addNoise: (columns) => `Rauschen so breit wie eine Stufe zu ${columns} hinzufügen`,
      noisy: (columns) =>
        `Im Training kommt zu ${columns} Rauschen so breit wie eine Stufe: Die NLL ist dann eine Schranke und hat einen Boden.`,
      takeNoise: 'Ohne Rauschen',
      far: (rows, deviations) =>
        rows === 1
          ? `Eine Zeile hat eine Zahl mehr als ${deviations} Abweichungen von den anderen: Alles andere wäre ein Fleck.`
          : `${rows} Zeilen haben eine Zahl mehr als ${deviations} Abweichungen von den anderen: Alles andere wäre ein Fleck.`,
      leaveFar: (rows) => (rows === 1 ? 'Diese Zeile weglassen' : 'Diese Zeilen weglassen'),
      farLeft: (rows) =>
        rows === 1
          ? 'Eine Zeile weit außerhalb ist weggelassen.'
          : `${rows} Zeilen weit außerhalb sind weggelassen.`,
      takeFar: 'Wieder hinzunehmen',
    },
  },
  otherRows: (name, wanted) =>
    `${name} hat andere Zeilen als die von ${wanted}, auf die gewartet wird: Der Inhalt ist nicht derselbe.`,

  problem: {
    empty: 'Diese Datei ist leer.',
    size: (mebibytes, most) =>
      `Diese Datei hat ${mebibytes} MiB; bis zu ${most} lassen sich lesen. Nimm einen Teil davon.`,
    json: (why) => `Das sieht nach einem Experiment in JSON aus, lässt sich aber nicht lesen: ${why}.`,
    broken: 'es ist beschädigt',
    unknown: (name) =>
      `${name} ist kein Text, kein Bild und keine .npy- oder .npz-Datei. Bring Punkte als CSV oder .npy, ein Bild oder ein gespeichertes Experiment.`,
    picture: 'Der Browser kann dieses Bild nicht lesen. Speichere es als PNG oder JPEG.',
    svg: 'Diese Zeichnung lässt sich nicht lesen: Ihr SVG ist beschädigt. Speichere sie als PNG.',
    pixels: (width, height, most) =>
      `Dieses Bild hat ${width} mal ${height} Pixel; bis zu ${most} Millionen lassen sich lesen. Mach es kleiner.`,
    numbers: (rows, columns) =>
      `Diese Tabelle hat ${rows} Zeilen und ${columns} Spalten: mehr Zahlen, als sich lesen lassen. Nimm einen Teil davon.`,
    noRoom:
      'Der Browser hat keinen Platz für dieses Bild. Schließe andere Seiten und versuch es noch einmal.',
    oneColour: 'Dieses Bild hat nur eine Farbe: Darin ist keine Dichte zu sehen.',
    lines: (lines, most) =>
      `Diese Tabelle hat ${lines} Zeilen; bis zu ${most} lassen sich lesen. Nimm einen Teil davon.`,
    noNumbers: 'In diesem Text ist keine Zeile mit Zahlen.',
    oneColumn: (line) =>
      `Die erste Zeile, „${line}“, hat eine Spalte; zwei werden gebraucht, mit Kommas, Semikolons, Tabulatoren oder Leerzeichen dazwischen.`,
    columns: (columns, most) =>
      `Diese Tabelle hat ${columns} Spalten; bis zu ${most} lassen sich lesen. Nimm einen Teil davon.`,
    width: (columns, others) => `sie hat ${columns} Spalten, die meisten Zeilen haben ${others}`,
    column: (number) => `Spalte ${number}`,
    fewColumns: (numeric, all) =>
      `Zwei Spalten mit Zahlen werden gebraucht; diese Tabelle hat ${numeric} unter ${all}. Schreib einen Punkt der Ebene je Zeile, jede seiner Zahlen in einer Spalte.`,
    noNumber: (column) => `${column} ist keine Zahl`,
    noPart: 'ihr split ist weder train noch validation noch test',
    farOutside: (column) => `${column} liegt weit außerhalb`,
    notNpy: 'Das ist keine .npy-Datei: Sie beginnt nicht wie eine.',
    npyShort: 'Diese .npy-Datei ist abgeschnitten.',
    npyKind: (kind) =>
      `Die Zahlen dieser .npy-Datei sind von einer Art (${kind}), die nicht gelesen wird; speichere sie mit .astype("float32").`,
    unknownKind: 'unbekannt',
    npyShape: (shape, most) =>
      `Dieses Feld hat die Form (${shape}); gebraucht wird (Punkte, 2), oder bis zu ${most} Spalten.`,
    npyRows: (rows, most) =>
      `Dieses Feld hat ${rows} Zeilen; bis zu ${most} lassen sich lesen. Nimm einen Teil davon.`,
    fewPoints: (points) => `Es sind ${points} Punkte; eine Dichte braucht mindestens 10.`,
    onLineFirst:
      'Alle Punkte haben dieselbe erste Zahl: Sie liegen auf einer Geraden, und die hat keine Dichte in der Ebene.',
    onLineSecond:
      'Alle Punkte haben dieselbe zweite Zahl: Sie liegen auf einer Geraden, und die hat keine Dichte in der Ebene.',
    magnitude:
      'Diese Zahlen sind am äußersten Rand dessen, was Zahlen eines Rechners sein können, sodass sich ihr Maßstab nicht aufschreiben lässt. Multipliziere sie mit einer Zehnerpotenz.',
    jsonShape:
      'In diesem JSON sind keine Punkte: Schreib Paare, [[1, 2], [3, 4]], Objekte mit denselben Feldern, oder Spalten, {"x": [1, 3], "y": [2, 4]}.',
    zipEmpty:
      'In diesem Archiv sind keine Felder (.npy). Bring, was numpy.savez geschrieben hat; speichere eine Tabellenkalkulation als CSV.',
    zipBroken: 'Dieses Archiv ist beschädigt oder abgeschnitten.',
    zipSize: (most) => `Die Felder in diesem Archiv haben mehr als ${most} MiB; nimm einen Teil davon.`,
    npzShapes: (arrays) =>
      `Kein Feld in diesem Archiv hat die Form (Punkte, 2), und keine zwei sind Spalten derselben Länge: Darin sind ${arrays}.`,
    noReader:
      'Was Punkte liest, konnte nicht geladen werden oder hatte nicht genug Speicher. Lade die Seite neu und versuch es noch einmal.',

    separated: (by) => `Gelesen mit ${by} zwischen den Spalten.`,
    tabs: 'Tabulatoren',
    semicolons: 'Semikolons',
    bars: 'senkrechten Strichen',
    commas: 'Kommas',
    blanks: 'Leerzeichen',
    readAs: (cell, number) => `„${cell}“ ist als ${number} gelesen.`,
    commentNames: (line) => `Die Namen der Spalten sind die im Kommentar in Zeile ${line}.`,
    index: (column) => `Spalte ${column} hat keinen Namen und zählt nur die Zeilen: Sie ist ausgelassen.`,
    jsonRows: 'Als JSON gelesen; „Zeile“ zählt seine Punkte.',
    npzArray: (array, all) => `Gelesen ist das Feld ${array}, von ${all}.`,
    npzColumns: (arrays) => `Gelesen sind die Felder ${arrays} als Spalten.`,
    model: (why) => `Diese Modelldatei lässt sich nicht lesen: ${why}.`,
    modelShort: 'sie ist abgeschnitten',
    modelHeader: 'ihr Kopf ist beschädigt',
    modelForeign: 'sie wurde nicht hier gespeichert, also weiß niemand, was ihre Zahlen bedeuten',
    modelNewer:
      'eine neuere Version dieser Seite hat sie gespeichert: Lade die Seite neu und öffne sie dann noch einmal',
    modelExperiment: 'das Experiment darin ist beschädigt',
    modelParameters: 'ihre Parameter sind nicht so beschrieben, wie sie es sein sollten',
    modelChecksum: 'ihre Zahlen sind nicht die, die gespeichert wurden; nimm eine andere Kopie der Datei',
    noFilms: 'Dieser Browser kann keine Filme aufnehmen. Mach Bilder, oder nimm Chromium oder Firefox.',
  },
};
