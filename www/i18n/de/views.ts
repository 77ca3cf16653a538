/** In jeder Ansicht: eine Zeile unter ihrer Formel, was in ihr zu sehen ist und was dort steht. */

import type { Words } from '../en';

export const views: Words['views'] = {
  conditionals: {
    caption: 'Die gemeinsame Dichte entlang der Linie, geteilt durch ihr Integral.',
    seen: 'Fahre über die Bühne, oder ziehe die Linie mit dem Finger. Die Kurven sind die Dichte des Ziels und des Modells entlang der Linie, jede mit Fläche 1. Wo das Ziel zwei Höcker hat, kann eine einzelne Gauß-Glocke nur über beiden liegen: Kehre die Reihenfolge um, oder wähle eine Mischung.',

    given: (variable) => `Gegeben ${variable}`,
    line: 'Wo die Linie auf der Bühne ist',
    label: (variable, condition, at) =>
      `Dichte von ${variable} gegeben ${condition} = ${at}, Ziel und Modell`,
    density: (variable) => `Dichte von ${variable}`,
    humps: (count) => (count === 1 ? 'ein Höcker' : `${count} Höcker`),
    ofTarget: 'Ziel: {humps}.',
    ofModel: 'Modell: {humps}.',
    targetHumps: 'Höcker des Ziels',
    modelHumps: 'Höcker des Modells',
    second: 'Das ist der zweite Faktor von {formula}.',
    other:
      'In dieser Richtung erzeugt das Modell nicht: Diese bedingte Dichte folgt aus seiner gemeinsamen Dichte.',
    turnTitle: 'Die bedingte Dichte in der anderen Richtung',
    turn: (variable) => `Stattdessen entlang ${variable} schneiden`,

    row: 'Zeile der Trainingszeilen',
    variables: 'Variablen',
    fromTo: (first, last, all) => `${first} bis ${last} von ${all}`,
    ofRow: (variable, row) => `Dichte von ${variable}, alle anderen wie in Zeile ${row}, Modell`,
    held: 'Die Dichte des Modells für jede Variable, alle anderen wie in der Zeile festgehalten, ihr eigener Wert markiert. Jede hat Fläche 1.',
  },

  ancestral: {
    caption: 'Was zuerst erzeugt wird, liest das, was danach kommt.',
    seen: 'Drücke den Knopf, um eine Stichprobe nach der anderen zu sehen. Ein autoregressives Modell zieht die erste Variable aus ihrer Randdichte, dann die zweite aus der bedingten Dichte bei diesem Wert, die aufleuchtet. IAF und Kopplungen tragen einen Punkt der Basis in einem Durchlauf an seinen Platz.',

    next: 'Weiter',
    nextTitle: 'Ein Schritt in Zeitlupe',
    keep: 'Weiter ziehen',
    keepTitle: 'Stichprobe um Stichprobe',
    over: 'Von vorn',
    overTitle: 'Zurück zur ersten Ziehung',
    first: 'Ziehe {variable} aus der Randdichte',
    second: 'Ziehe {variable} aus der bedingten Dichte dort',
    firstDrawn: 'Erste gezogene Variable',
    secondDrawn: 'Zweite gezogene Variable',
    marginalLabel: (variable) => `Randdichte von ${variable}`,
    marginal: 'Randdichte',
    conditionalLabel: (variable, given, at) => `Dichte von ${variable} gegeben ${given} = ${at}`,
    conditional: 'bedingte Dichte',
    carried: 'Eine Ziehung der Basis, {u}, nach {passed} von {all} Abbildungen: {x}.',
    passed: 'Durchlaufene Schichten',
    onePass:
      'Jede Schicht weiß alles, was sie liest, bevor sie beginnt: Ein Durchlauf trägt den Punkt weiter.',
    manyPasses: (passes) =>
      `Jede Schicht liest, was sie eben erzeugt hat: Sie geht Variable für Variable vor, ${passes} Durchläufe je Schicht. Mit einer Schicht, oder mit MADE und NADE, sind das die Faktoren der Kettenregel selbst.`,
  },

  masks: {
    caption:
      'Die Zahl in einer Einheit ist ihr Grad m: Sie kennt die ersten m Variablen der Reihenfolge, mehr nicht; ein Ausgang liest nur kleinere Grade.',
    seen: 'Das Netz einer Schicht. Zeige auf einen Ausgang oder gib ihm den Fokus: Was er lesen darf, leuchtet auf, was nicht, bleibt dunkel. Kein Ausgang liest seine eigene Variable oder eine spätere, wie die Masken auch sind: Darum gibt ein Durchlauf alle bedingten Dichten. Ziehe die Karten, um die Reihenfolge zu ändern.',

    variables: 'Variablen',
    asOnStage: (count) => `${count}, wie auf der Bühne`,
    drawnOnly: (count) => `${count}, nur gezeichnet`,
    variablesTitle: 'Ein Netz derselben Art für mehr Variablen',
    layer: 'Schicht des Flows',
    layerAt: (at, of) => `${at} von ${of}`,
    layerTitle: 'Von der Basis aus gezählt',
    network: 'Netz einer Schicht',
    reads: (variable, all) => `${variable} darf ${all || 'nichts'} lesen`,
    output: (told) => `Ausgang: ${told}`,
    unit: (input, degree) => `${input ? `Eingang ${input}` : 'Verborgene Einheit'}, Grad ${degree}`,
    lit: 'hell',
    dark: 'dunkel',
    inputs: 'Eingänge x',
    outputs: 'Ausgänge',
    read: 'Was gelesen wird',
    point: 'Zeige auf einen Ausgang: Was darf er lesen?',
    fresh: 'Neue Masken',
    freshTitle: 'Die Grade der verborgenen Einheiten zufällig ziehen, wie im Aufsatz; die Regel bleibt',
    trained: 'trainierte Gewichte',
    trainedTitle: 'Die Gewichte des Modells auf der Bühne, wie sie sich ändern',
    signs: '{above}, {below}, je stärker, desto heller.',
    above: 'über null',
    below: 'unter null',
    some: (count) => `Von jeder verborgenen Schicht sind ${count} Einheiten gezeichnet.`,
    nade: 'NADE hat für jede bedingte Dichte eigene verborgene Einheiten, doch deren Gewichte von einer Variablen sind dieselben: Die Summen wachsen nur von links nach rechts.',
    coupling:
      'Eine Kopplung braucht keine Masken: Die Hälfte, die durchgeht, wird gelesen, die andere wird bewegt.',
  },

  layers: {
    caption:
      'Farbe: ln der Fläche, zu der ein kleines Quadrat gewachsen ist; Log-Determinanten addieren sich.',
    seen: 'Ein Gitter und Stichproben der Basis, Schicht um Schicht weitergetragen. Ziehe den Schieber oder spiele den Weg ab. Eine Kopplung bewegt eine Koordinate auf einmal: Der Pfeil sagt, welche durchgeht.',

    label: (place) => `Ein Gitter und Stichproben der Basis, ${place}`,
    play: 'Den Weg abspielen',
    next: 'Nächste Schicht',
    playTitle: 'Von der Basis zu den Daten',
    along: 'Durch die Schichten',
    base: 'Basis',
    data: 'Daten',
    layer: (at, of) => `Schicht ${at} von ${of}`,
    kinds: {
      autoregressive: (read, moved) =>
        `autoregressiv: ${read} bewegt sich für sich, ${moved} danach, was ${read} ist`,
      coupling: (read, moved) => `Kopplung: ${read} geht durch, ${moved} bewegt sich danach, was ${read} ist`,
      permutation: () => 'die Variablen tauschen die Plätze',
      scaling: () => 'jede Variable wird skaliert und verschoben',
      linear: () => 'eine lineare Abbildung: gedreht, gestreckt, geschert',
      standardise: () => 'in die Einheiten des Ziels',
    },
    shrunk: (area) => `geschrumpft, ln Fläche −${area}`,
    grown: (area) => `gewachsen, ${area}`,
  },

  base: {
    caption: 'Gut trainiert sehen die Daten wie Ziehungen der Basis aus: Die Kreise enthalten ihren Anteil.',
    seen: 'Links die Punkte des Ziels, rechts dieselben Punkte unter der Umkehrung. Ziehe auf einer Seite ein Rechteck, um seine Punkte auf der anderen und auf der Bühne zu sehen. Lücken und Klumpen rechts sind, was das Modell nicht gelernt hat.',

    data: 'Daten x',
    base: 'Basis u = f⁻¹(x)',
    dataLabel: 'Punkte des Ziels',
    baseLabel: 'Dieselben Punkte im Basisraum, mit Kreisen der Basis',
    region: 'Bereich',
    regionTitle: 'Punkte, die auf beiden Seiten und auf der Bühne markiert sind',
    none: 'keinen Bereich markieren',
    rectangle: 'ein Rechteck',
    regions: [
      'die mittlere Hälfte der Basis markieren',
      'außerhalb ihres äußeren Kreises markieren',
      'ihre linke Hälfte markieren',
      'ihre untere Hälfte markieren',
    ],
    points: (marked, all) => `${marked} von ${all} Punkten`,
    circle: 'Kreis',
    shouldHold: 'soll enthalten',
    holds: 'enthält',
    radius: (radius) => `Radius ${radius}`,
    moments: (mean, deviations, correlation) =>
      `Mittel (${mean}), Abweichungen (${deviations}), Korrelation ${correlation}.`,
    distance:
      'Abstand der Radien von denen der Basis: {distance}; Ziehungen der Basis selbst bleiben in 95 von 100 Fällen unter {critical}.',
    distanceLabel: 'Abstand von der Basis',
    distanceTitle: 'Abstand nach Kolmogorow und Smirnow zwischen den Radien der Punkte und der Basis',
  },

  modes: {
    caption: 'Wo das Modell q keine Masse hat, sieht das Integral nichts: Ein verlorener Modus kostet wenig.',
    seen: 'Balken: die Masse jedes Modus, die des Ziels als Umriss. Ein Modus gilt mit einem Fünftel seiner Masse als gefunden. Unter der Rückwärts-KL begnügt sich ein Modell oft mit einigen von ihnen; breit begonnen oder mit Annealing behält es sie.',

    covered: 'Gefundene Modi',
    coveredHere: 'Gefundene Modi in dieser Ansicht',
    of: (covered, all) => `${covered} von ${all}`,
    masses: 'Masse jedes Modus',
    mode: 'Modus',
    modelAndTarget: '{model} und {target}',
    mass: 'Masse',
    step: 'Schritt',
    found: (step) => `da ab ${step}`,
    lost: (step) => `weg ab ${step}`,
    never: 'nie da',
    between: (share) => `${share} der Stichproben des Modells liegen in keinem Modus.`,
    overTime: 'Gefundene Modi über die Schritte',
    modesCovered: 'gefundene Modi',
    own: '{elbo} {elboValue} nats, {logz} {logzValue}, {ess} {essValue}',
    elbo: 'ELBO',
    logz: 'ln Z',
    ess: 'effektiver Umfang',
    likelihood:
      'Dieser Lauf maximiert die Likelihood: Ein Modus ohne Masse käme ihn teuer zu stehen, also werden alle gefunden.',
    collapse: 'Kollabieren lassen',
    collapseTitle: 'Rückwärts-KL, eng begonnen',
    rescue: 'Retten',
    rescueTitle: 'Dasselbe, mit Annealing',
    besideForward: 'Neben die Vorwärts-KL',
    besideReverse: 'Neben die Rückwärts-KL',
    besideTitle: 'Derselbe Flow unter der anderen Zielfunktion, nebeneinander',
  },

  temperature: {
    caption: 'Die Abweichung der Basis wird mit T multipliziert, bevor sie zu den Daten getragen wird.',
    seen: 'Dieselben Ziehungen bei vier Temperaturen, und der Tausch: Güte ist der Anteil der Stichproben, wo das Ziel Masse hat, Vielfalt ihr Abstand von der Mitte. Ziehe entlang der Kurve, um die Temperatur zu stellen.',

    label: (temperature) => `Dichte und Stichproben bei Temperatur ${temperature}`,
    show: 'Diese Temperatur auf der Bühne zeigen',
    chart: 'Güte gegen Vielfalt bei Temperaturen von 0 bis 1,5',
    diversity: 'Vielfalt (Abstand von der Mitte)',
    quality: 'Güte (Anteil auf dem Ziel)',
    qualityLine: 'Güte',
    told: 'Bei T = {temperature} liegen {quality} der Stichproben dort, wo das Ziel Masse hat; von ihrer Mitte sind sie {diversity} entfernt.',
    qualityHere: 'Güte bei dieser Temperatur',
    diversityHere: 'Vielfalt bei dieser Temperatur',
  },

  cost: {
    caption: 'Netzdurchläufe für einen Punkt, gezählt vom Code, der läuft.',
    seen: 'Ein autoregressives Modell weiß in der einen Richtung alles, was es braucht, und muss in der anderen Variable für Variable vorgehen: MAF ist schnell bei Dichten, IAF bei Stichproben, Kopplungen bei beidem. Miss es hier, von 2 bis 64 Variablen.',

    onStage: (family) => `${family} auf der Bühne:`,
    counting: 'zählt …',
    passes: (density) =>
      `{density} ${density === 1 ? 'Netzdurchlauf' : 'Netzdurchläufe'} für eine Dichte, {sample} für eine Stichprobe.`,
    densityPasses: 'Durchläufe für eine Dichte',
    samplePasses: 'Durchläufe für eine Stichprobe',
    measured: 'Gemessen',
    cancel: 'Abbrechen',
    measure: 'Alle Familien messen, 2 bis 64 Variablen',
    again: 'Noch einmal messen',
    measureTitle: 'Ein paar Sekunden Arbeit neben dem Training',
    variables: 'Variablen',
    count: (count) => `${count} Variablen`,
    measuredAs: 'Gemessen in',
    asPasses: 'Netzdurchläufe',
    asTime: (points) => `Millisekunden für ${points} Punkte`,
    table: (variables) => `Kosten einer Dichte und einer Stichprobe, ${variables} Variablen`,
    family: 'Familie',
    density: 'Dichte',
    sample: 'Stichprobe',
    bars: 'Die Balken wachsen in Potenzen. Jede Familie mit so vielen Schichten, wie sie anfangs hat.',
  },

  breaking: {
    caption: 'Exakt gerechnet ist der Fehler null; wo die Abbildung fast singulär ist, ist er es nicht.',
    seen: 'Karten des Umkehrfehlers und davon, wie sehr die Umkehrung streckt; Stichproben zwischen den Modi, auf der Bühne markiert; und log p der Daten, der eigenen Stichproben des Modells und eines anderen Ziels: Er kann dort ebenso hoch sein, wo nie Daten waren.',

    map: 'Karte',
    mapTitle: 'Was das Bild zeigt',
    maps: {
      error: 'Umkehrfehler',
      largest: 'größte Streckung der Umkehrung',
      smallest: 'kleinste Streckung der Umkehrung',
    },
    onStage: 'auf der Bühne',
    onStageTitle: 'Anstelle der Dichte',
    over: (map) => `${map} über der Ebene`,
    worst: { error: 'Schlimmster Wert', largest: 'Schlimmster Wert', smallest: 'Größter Wert' },
    told: '{worst} hier: {value} {unit}',
    units: { error: 'in Einheiten des Ziels', largest: 'mal', smallest: 'mal' },
    value: 'Schlimmster Wert der Karte',
    thread: 'Fadenmasse',
    threadHere: 'Fadenmasse in dieser Ansicht',
    marked: '{thread} {share}: die markierten Punkte auf der Bühne.',
    heading: 'log p von Gesehenem, und von Ungesehenem',
    label: (other) => `Histogramme von log p der Daten, der Stichproben des Modells und von ${other}`,
    logP: 'log p in nats',
    share: 'Anteil',
    data: 'Daten',
    samples: 'Stichproben',
    otherTarget: 'das andere Ziel',
    another: 'Ein anderes Ziel',
    anotherIs: 'Ein anderes Ziel:',
    fooled: '{share} seiner Punkte gelten als wahrscheinlicher als die Hälfte der Daten.',
    fooledLabel: 'Wahrscheinlicher als der Median der Daten',
  },

  memory: {
    caption: 'Die Eingabe jeder Schicht lässt sich aus ihrer Ausgabe berechnen, muss also nicht bleiben.',
    seen: 'Bytes der Aktivierungen, die ein Gradient hält, gemessen am Modell auf der Bühne bei wachsender Tiefe: Aufgehoben wachsen sie mit ihr; durch die Umkehrung neu berechnet nicht. Der Preis ist ein Durchlauf mehr, und ein Fehler, wo die Umkehrung nicht exakt ist.',

    one: 'Diese Familie hat eine Schicht, also keine Tiefe, die wachsen könnte. Wähle eine, die stapelt, etwa MAF oder RealNVP.',
    label: 'Bytes der Aktivierungen gegen die Tiefe, gespeichert und neu berechnet',
    layers: 'Schichten',
    points: (points) => `MiB für ${points} Punkte zugleich`,
    stored: 'gespeichert',
    recomputed: 'neu berechnet',
    measuring: 'Misst',
    told: 'Bei {depth} Schichten werden {stored} MiB gehalten, wo gespeichert wird, {recomputed} MiB, wo neu berechnet wird: {times}-mal weniger. Die beiden Gradienten unterscheiden sich um {gap} ihrer Länge.',
    storedBytes: 'Gespeicherte Bytes',
    recomputedBytes: 'Neu berechnete Bytes',
    this: {
      stored: 'Die Aktivierungen dieses Laufs werden gespeichert; zu wählen ist das unter „Training“.',
      recomputed: 'Die Aktivierungen dieses Laufs werden neu berechnet; zu wählen ist das unter „Training“.',
    },
  },

  ensemble: {
    caption:
      'L(s): Modi, die Startwert s verloren hat. Ein Lauf ist eine Anekdote: Es zählt, wie viele von S Startwerten ebenso enden.',
    seen: 'Das Modell auf der Bühne, aus vielen Startwerten zugleich trainiert; jedes kleine Bild ist eines davon, sein Rahmen nach seiner KL gefärbt. Darunter, wie viele Startwerte wie viele Modi verloren haben, unter jeder Bedingung. Drücke ein Bild, um diesen Startwert auf die Bühne zu stellen.',

    seeds: 'Startwerte',
    compare: 'Vergleiche',
    factors: {
      seed: 'nur den Startwert',
      annealing: 'Annealing',
      depth: 'die Tiefe',
      ordering: 'die Reihenfolge',
      rate: 'die Lernrate',
    },
    train: 'Alle trainieren',
    again: 'Noch einmal trainieren',
    first: 'Um den Kollaps als Statistik zu sehen, {put}, dann vergleiche mit Annealing.',
    put: 'stelle zuerst die Rückwärts-KL auf die Bühne',
    steps: 'Schritte des Ensembles',
    told: '{step} von {steps} Schritten, {runs} Läufe auf {place}.',
    gpu: (adapter) => `der GPU (${adapter})`,
    processor: 'dem Prozessor',
    before: 'Von dem Modell, das vorher auf der Bühne war.',
    median: (kl) => `mittlere KL (Median) ${kl} nats`,
    member: (seed, kl, modes, failed) =>
      `Startwert ${seed}: KL ${kl} nats${modes}${failed === null ? '' : `, verließ bei Schritt ${failed} die endlichen Zahlen`}`,
    memberModes: (found, all) => `, ${found} von ${all} Modi`,
    stage: (says) => `${says}. Auf die Bühne stellen`,
    losses: (all) => `Startwerte, die so viele von ${all} {term} verloren haben`,
    modes: 'Modi',
    lost: 'verloren',
    pointlessAnnealing: 'Annealing ist ein Mittel gegen die Rückwärts-KL: Wähle zuerst diese Zielfunktion.',
    pointlessDepth: 'Diese Familie ist ihrem Wesen nach eine Schicht.',
    asOnStage: 'wie auf der Bühne',
    notAnnealed: 'ohne Annealing',
    annealed: 'mit Annealing',
    layers: (count) => (count === 1 ? '1 Schicht' : `${count} Schichten`),
    rate: (rate) => `Rate ${rate}`,
  },

  efficiency: {
    caption:
      'Die KL des besten Schritts, nach den Validierungspunkten, eines Modells, das N Punkte hat und nicht mehr.',
    seen: 'Jede Linie ist eine Familie auf dem Ziel der Bühne: wie nah sie ihm mit 30 bis 3000 Punkten kommt, jeder Lauf früh angehalten. Ein reiches Modell braucht mehr davon. Drück auf eine Zahl, und dieser Lauf steht auf der Bühne.',

    measure: 'Familien messen',
    again: 'Noch einmal messen',
    measureTitle: 'Zwanzig kurze Trainings neben dem auf der Bühne, etwa eine Minute',
    progress: 'Schritte der Messung',
    reverse:
      'Die Rückwärts-KL lernt aus der Dichte des Ziels und braucht keine Punkte: Wähl zuerst die Vorwärts-KL.',
    before: 'Von dem Modell, das vorher auf der Bühne stand.',
    chart: 'KL nach Trainingspunkten und Familie',
    points: 'Trainingspunkte',
    kl: 'KL in nats',
    family: 'Familie',
    stage: (family, points) => `${family} mit ${points} Punkten auf die Bühne`,
    one: 'Je ein Startwert: Der nächste kann zwei vertauschen, die nah beieinander liegen.',
  },

  chain: {
    caption:
      'Was jede Variable zur NLL beiträgt, wenn die davor bekannt sind: Mittel über zurückgehaltene Punkte.',
    seen: 'Ein Balken für jede Variable, in der Reihenfolge, in der das Modell sie nimmt: das Mittel ihres −log p gegeben die davor. Zusammen ergeben sie die NLL. Eine Variable, die durch die davor genau bestimmt ist, hat einen Balken links der Null: Eine Dichte darf über 1 liegen. Ordne die Karten um: Die Teile ändern sich, die Summe nur so weit, wie das Modell es tut.',

    table: 'Teile der NLL auf zurückgehaltenen Punkten nach Variablen, in nats',
    given: (variable, before) => `${variable}, gegeben ${before}`,
    first: (variable) => `${variable}, für sich`,
    total: 'Zusammen {total} nats, bei Schritt {step}.',
    equal:
      'Zusammen {total} nats; die NLL auf zurückgehaltenen Punkten ist {measured} nats, bei Schritt {step}.',
    sum: 'Summe der Balken in nats',
    nll: 'NLL auf zurückgehaltenen Punkten beim selben Schritt in nats',
    same: 'Dieselbe Reihenfolge in allen Schichten',
  },

  orderings: {
    caption:
      'Die NLL desselben Modells auf zurückgehaltenen Punkten in anderen Reihenfolgen, und aus anderen Startwerten in einer von ihnen.',
    seen: 'Das Modell auf der Bühne, trainiert in allen Reihenfolgen von bis zu vier Variablen oder in einigen zufälligen von mehr, dazu aus weiteren Startwerten in der jetzigen. Liegen die Reihenfolgen weiter auseinander als die Startwerte, so ist die Reihenfolge eine Wahl, die zählt. Drück auf eine, und sie steht auf der Bühne.',

    count: 'Reihenfolgen',
    search: 'Suchen',
    again: 'Noch einmal suchen',
    searchTitle: 'Kurze Trainings neben dem auf der Bühne: jede Reihenfolge, und einige Startwerte',
    progress: 'Schritte der Suche',
    before: 'Von dem Modell, das vorher auf der Bühne stand.',
    more: 'Schlechteste minus beste: {gap} nats. Auf die Reihenfolge kommt es mehr an als auf den Startwert: Die Standardabweichung ist {orderings} über die Reihenfolgen, {seeds} über die Startwerte.',
    noMore:
      'Schlechteste minus beste: {gap} nats. Auf die Reihenfolge kommt es nicht mehr an als auf den Startwert, soweit diese Läufe es zeigen: Die Standardabweichung ist {orderings} über die Reihenfolgen, {seeds} über die Startwerte.',
    gap: 'Schlechteste minus beste NLL in nats',
    table: 'Reihenfolgen nach NLL auf zurückgehaltenen Punkten, die beste zuerst',
    ordering: 'Reihenfolge',
    nll: 'NLL in nats',
    stage: (ordering) => `Die Reihenfolge ${ordering} auf die Bühne stellen`,
    error:
      '± ist der Standardfehler über die zurückgehaltenen Punkte. Sie sind für alle Läufe dieselben, Unterschiede also sicherer, als er sagt.',
  },

  baselines: {
    caption:
      'Das Mittel über die N Testzeilen der Differenz zwischen der Log-Dichte des Modells, q, und der des besten Vergleichsmodells, b.',
    seen: 'Eine Gauß-Verteilung, eine Mischung von Gauß-Verteilungen und ein Kernschätzer, alle an die Trainingszeilen angepasst. Ihre NLL auf den Testzeilen muss ein Flow unterbieten: Von einer Tabelle kennt niemand die Entropie, also gibt es keinen Boden, von dem aus zu messen wäre. Der Test ist gepaart: Zeilen, die für das eine schwer sind, sind es auch für das andere, und die Differenz ist genauer bekannt als jedes der beiden Mittel.',
    table: 'NLL auf den Testzeilen, die kleinste zuerst',
    density: 'Dichte',
    nll: 'NLL in nats',
    gaussian: 'eine Gauß-Verteilung',
    mixture: (components) =>
      components === 1
        ? 'Mischung von Gauß-Verteilungen, aus einer'
        : `Mischung von ${components} Gauß-Verteilungen`,
    kernel: (width) => `Kernschätzer, Breite ${width}`,
    theGaussian: 'der einen Gauß-Verteilung',
    theMixture: 'der Mischung von Gauß-Verteilungen',
    theKernel: 'dem Kernschätzer',
    better: 'Das Modell liegt {difference} nats je Zeile vor {best}: mehr, als der Zufall erklärt.',
    worse: 'Das Modell liegt hinter {best}: {difference} nats je Zeile, mehr, als der Zufall erklärt.',
    even: 'Zwischen dem Modell und {best} ist nichts entschieden: {difference} nats je Zeile.',
    difference: 'Log-Dichte des Modells minus die des besten Vergleichsmodells, in nats',
    fitted: (rows) =>
      `An ${rows} Trainingszeilen angepasst; die Zahl der Gauß-Verteilungen ist nach BIC gewählt, die Breite durch Kreuzvalidierung, das beste der drei auf den Validierungszeilen.`,
  },
};
