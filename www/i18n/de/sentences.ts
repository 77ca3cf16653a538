/** Sätze, die der Kern und die Worker auf Englisch schreiben: links wie im Quelltext, `{}` für einen Wert. */

export const sentences: Readonly<Record<string, string>> = {
  // www/engine/sentences.ts
  'The core stopped with a fault ({}).': 'Der Kern ist mit einem Fehler stehengeblieben ({}).',
  'The core could not be loaded ({}). It needs a browser with WebAssembly SIMD, any from 2023 on.':
    'Der Kern konnte nicht geladen werden ({}). Er braucht einen Browser mit WebAssembly SIMD, das sind alle ab 2023.',
  'The worker stopped ({}).': 'Der Worker ist stehengeblieben ({}).',
  'it could not be loaded': 'er konnte nicht geladen werden',
  'There is no model to save yet: wait until the run has begun.':
    'Es gibt noch kein Modell zum Speichern: Warte, bis der Lauf begonnen hat.',
  '{} Training goes on on the processor, from step {}.':
    '{} Das Training geht auf dem Prozessor weiter, ab Schritt {}.',
  'The GPU is not used: this browser has no WebGPU, or the page is not served by HTTPS.':
    'Die GPU wird nicht benutzt: Dieser Browser hat kein WebGPU, oder die Seite kommt nicht über HTTPS.',
  'The GPU is not used: its build of the core is still being made. Reload the page when `npm start` says that the whole page is there.':
    'Die GPU wird nicht benutzt: Ihre Fassung des Kerns entsteht noch. Lade die Seite neu, sobald `npm start` meldet, dass die ganze Seite da ist.',
  'Training left the finite numbers at step {}; the parameters of step {} are kept. A lower learning rate helps.':
    'Das Training hat bei Schritt {} die endlichen Zahlen verlassen; die Parameter von Schritt {} bleiben. Eine kleinere Lernrate hilft.',
  'The views stopped ({}).': 'Die Ansichten sind stehengeblieben ({}).',
  'The views could not be loaded ({}).': 'Die Ansichten konnten nicht geladen werden ({}).',
  'The ensemble stopped ({}).': 'Das Ensemble ist stehengeblieben ({}).',
  '{} The ensemble begins anew on the processor.': '{} Das Ensemble beginnt neu auf dem Prozessor.',

  // src/error.rs
  '{} is {}; allowed: {}.': '{} ist {}; erlaubt: {}.',
  "This {} can't be read: {}.": '{} lässt sich nicht lesen: {}.',
  "This table can't be learned: {}.": 'Diese Tabelle kann nicht gelernt werden: {}.',
  'Line {}: {}.': 'Zeile {}: {}.',
  'Line {}, column {}: {}.': 'Zeile {}, Spalte {}: {}.',
  'The GPU is not used: {}.': 'Die GPU wird nicht benutzt: {}.',
  'This machine gives no random numbers ({}): choose a seed yourself.':
    'Dieses Gerät gibt keine Zufallszahlen her ({}): Wähle selbst einen Startwert.',
  'This needs a density of two variables; here there are {}.':
    'Das braucht eine Dichte von zwei Variablen; hier sind es {}.',
  'networks with SiLU learn on the processor': 'Netze mit SiLU lernen auf dem Prozessor',
  'a number from 0 to 100': 'eine Zahl von 0 bis 100',
  'normal: {} is learned from a normal base': 'normal: {} wird von einer normalen Basis aus gelernt',
  'false: {} has no such layers': 'false: {} hat keine solchen Schichten',
  'null: {} has no conditioned layers': 'null: {} hat keine bedingten Schichten',
  '{} learns on the processor': '{} lernt auf dem Prozessor',
  'This needs a model with conditioners: an autoregressive or a coupling family.':
    'Das braucht ein Modell mit Conditionern: eine autoregressive oder eine Kopplungsfamilie.',
  '{} is not in this build of the core: load the page again.':
    '{} ist nicht in diesem Bau des Kerns: Lade die Seite neu.',
  'The model takes all columns together, so that none comes before another: choose an autoregressive family.':
    'Das Modell nimmt alle Spalten zusammen, sodass keine vor einer anderen kommt: Wähle eine autoregressive Familie.',
  'This needs a model that has a density.': 'Das braucht ein Modell mit einer Dichte.',
  'This needs a model that is a bijection to its base.':
    'Das braucht ein Modell, das eine Bijektion zu seiner Basis ist.',
  'The reverse KL needs a model that has a gradient by its own draws.':
    'Die umgekehrte KL braucht ein Modell, das einen Gradienten nach seinen eigenen Ziehungen hat.',
  'The table “{}” is not here: bring its file, which is known by what it holds.':
    'Die Tabelle „{}“ ist nicht hier: Bring ihre Datei, die an ihrem Inhalt erkannt wird.',
  'This needs a table as the target.': 'Das braucht eine Tabelle als Ziel.',
  'This needs a target whose density is known; of a table only its rows are.':
    'Das braucht ein Ziel, dessen Dichte bekannt ist; von einer Tabelle sind es nur ihre Zeilen.',
  'The drawing is empty: draw something, then a density can be learned.':
    'Die Zeichnung ist leer: Zeichne etwas, dann kann eine Dichte gelernt werden.',
  'Training stopped at step {}: {}. The parameters of step {} are kept. {}':
    'Das Training ist bei Schritt {} stehengeblieben: {}. Die Parameter von Schritt {} bleiben. {}',
  'Try a learning rate below {}, or gradient clipping.':
    'Versuch eine Lernrate unter {}, oder kappe den Gradienten.',
  "This Experiment can't start: {}. {}": 'Dieses Experiment kann nicht beginnen: {}. {}',
  'Choose a base with lighter tails (normal, or Student-t with more degrees of freedom), or a smaller start.':
    'Wähle eine Basis mit leichteren Rändern (normal, oder Student-t mit mehr Freiheitsgraden), oder einen kleineren Anfang.',
  '{}: {}': '{}: {}',
  experiment: 'Dieses Experiment',
  target: 'Dieses Ziel',
  window: 'Dieser Ausschnitt',

  // What is allowed: src/experiment.rs, src/models, src/training, src/session, src/bindings
  'above 0, at most 1': 'über 0, höchstens 1',
  'a number from 0.001 to 10': 'eine Zahl von 0,001 bis 10',
  'a positive number, or null for no clipping': 'eine positive Zahl, oder null, um nicht zu kappen',
  'from 0 to below 1, or null for no average': 'von 0 bis unter 1, oder null für kein Mittel',
  'a number from 0 to 10': 'eine Zahl von 0 bis 10',
  'a number from 0 to 1': 'eine Zahl von 0 bis 1',
  "fresh with the reverse KL, which learns from the target's density and not from points":
    'fresh bei der Rückwärts-KL, die aus der Dichte des Ziels lernt und nicht aus Punkten',
  'each of 0 to {} once': 'jede von 0 bis {} einmal',
  '1 to {} layers': '1 bis {} Schichten',
  '{} layers': '{} Schichten',
  'up to {}: fewer layers or fewer hidden units':
    'bis zu {}: weniger Schichten oder weniger verborgene Einheiten',
  '{} parameters large': '{} Parameter groß',
  '{} long': '{} lang',
  'one for all variables, or {}': 'eine für alle Variablen, oder {}',
  'a whole number from 2 to {}': 'eine ganze Zahl von 2 bis {}',
  'a whole number from 1 to {}': 'eine ganze Zahl von 1 bis {}',
  'a whole number from {} to {}': 'eine ganze Zahl von {} bis {}',
  'a number from 1 to 100': 'eine Zahl von 1 bis 100',
  'a number of at least {}': 'eine Zahl von mindestens {}',
  'numbers of at least {}': 'Zahlen von mindestens {}',
  'a number above 0': 'eine Zahl über 0',
  'false; true for NADE and MADE of up to {} variables':
    'false; true bei NADE und MADE mit bis zu {} Variablen',
  'different from place to place': 'von Stelle zu Stelle verschieden',
  'the same for all variables of an order-agnostic model':
    'dieselbe für alle Variablen eines Modells für jede Reihenfolge',
  'false with the reverse KL: an average over orderings has no gradient by its draws':
    'false bei der Rückwärts-KL: ein Mittel über Reihenfolgen hat keinen Gradienten nach seinen Ziehungen',
  'false with the reverse KL: there is no batch of data to normalise by':
    'false bei der Rückwärts-KL: es gibt keinen Batch von Daten, nach dem zu normieren wäre',
  set: 'gesetzt',
  'null: NADE always reads the data': 'null: NADE liest immer die Daten',
  'each variable once, counted from 0': 'jede Variable einmal, von 0 an gezählt',
  'finite numbers, each least below its most': 'endliche Zahlen, jede kleinste unter ihrer größten',
  'without an inside': 'ohne Inneres',
  '{} cells long': '{} Zellen lang',
  '{} cells, {} rows of {}': '{} Zellen, {} Zeilen von {}',
  'the drawing is no base64 text ({})': 'die Zeichnung ist kein Text in Base64 ({})',
  '{} finite numbers for this model': '{} endliche Zahlen für dieses Modell',
  '{} numbers': '{} Zahlen',
  'a schedule that began at the step or before it': 'ein Zeitplan, der bei dem Schritt oder davor begann',
  'the memory that this takes': 'der Speicher, den das braucht,',
  '{} MiB': '{} MiB',
  'up to {} MiB: {}': 'bis zu {} MiB: {}',
  'fewer layers, lines, points or draws': 'weniger Schichten, Linien, Punkte oder Ziehungen',
  'fewer temperatures, samples or a coarser grid':
    'weniger Temperaturen oder Samples, oder ein gröberes Raster',
  'fewer layers, fewer hidden units or a smaller batch':
    'weniger Schichten, weniger verborgene Einheiten oder ein kleinerer Batch',
  'fewer layers, units or variables': 'weniger Schichten, Einheiten oder Variablen',
  'fewer runs or a coarser grid': 'weniger Läufe, oder ein gröberes Raster',
  'fewer runs or samples': 'weniger Läufe oder Samples',
  'fewer runs or smaller models': 'weniger Läufe, oder kleinere Modelle',
  '{} at place {}': '{} an Stelle {}',

  // Tables: src/targets/rows.rs and beside it, src/baselines, src/diagnostics/chain_rule.rs
  '64 hexadecimal digits': '64 hexadezimale Ziffern',
  '2 to {} columns, each once, counted from 0': '2 bis {} Spalten, jede einmal, von 0 an gezählt',
  '0 to {} in this table': '0 bis {} in dieser Tabelle',
  'three shares above 0 that add up to 1: train, validation, test':
    'drei Anteile über 0, die zusammen 1 sind: Training, Validierung, Test',
  'a sample': 'eine Stichprobe',
  'fresh for a table, whose rows are the training set':
    'fresh bei einer Tabelle, deren Zeilen die Trainingsmenge sind',
  'forward-kl for a table, which has rows but no log density':
    'forward-kl bei einer Tabelle, die Zeilen hat, aber keine Log-Dichte',
  'it has no whole rows': 'sie hat keine ganzen Zeilen',
  'some of its values are no finite numbers': 'einige ihrer Werte sind keine endlichen Zahlen',
  'it does not say what each of its rows is for': 'sie sagt nicht, wofür jede ihrer Zeilen ist',
  'it has one column; a density model needs two or more':
    'sie hat eine Spalte; ein Dichtemodell braucht zwei oder mehr',
  'it has {} rows; {} or more are needed': 'sie hat {} Zeilen; {} oder mehr sind nötig',
  '{} of its rows are for {}; {} or more are needed': '{} ihrer Zeilen sind für {}; {} oder mehr sind nötig',
  'column “{}” {}': 'die Spalte „{}“ {}',
  'row {} of it, which is for {}, has {} in column “{}”, more than 10,000 deviations from the rows to train on; leave that row out, or take logarithms':
    'ihre Zeile {}, die für {} ist, hat {} in der Spalte „{}“, mehr als 10 000 Standardabweichungen von den Trainingszeilen entfernt; lass diese Zeile weg, oder nimm Logarithmen',
  'has the same value in every row to train on; leave it out':
    'hat in jeder Trainingszeile denselben Wert; lass sie weg',
  'goes from {} to {}, which is beyond what can be computed with; write it in another unit':
    'reicht von {} bis {}, was nicht mehr berechnet werden kann; schreib sie in einer anderen Einheit',
  'has values as far out as {}, beside which half of its values, {} apart, are all the same in single precision; leave out what lies that far, or take logarithms':
    'hat Werte so weit außen wie {}, neben denen die Hälfte ihrer Werte, die {} auseinander liegen, in einfacher Genauigkeit alle gleich sind; lass weg, was so weit liegt, oder nimm Logarithmen',
  '{} rows to train on are too few for {} columns; leave columns out or bring more rows than columns':
    '{} Trainingszeilen sind zu wenige für {} Spalten; lass Spalten weg, oder bring mehr Zeilen als Spalten',
  'column “{}” follows from the columns before it but for {} of its deviation, so that there is no density; leave it out':
    'die Spalte „{}“ folgt aus den Spalten vor ihr bis auf {} ihrer Standardabweichung, so dass es keine Dichte gibt; lass sie weg',
  'its columns follow from each other; leave one of them out':
    'ihre Spalten folgen auseinander; lass eine davon weg',
  'row {} of it has {} in column “{}”, and what is to be done to that column needs {}':
    'ihre Zeile {} hat {} in der Spalte „{}“, und was mit dieser Spalte geschehen soll, braucht {}',
  'not finite': 'nicht endlich',
  'finite numbers': 'endliche Zahlen',
  'a number between its bounds': 'eine Zahl zwischen ihren Grenzen',
  'a number': 'eine Zahl',
  'two finite numbers, the lower one first': 'zwei endliche Zahlen, die kleinere zuerst',
  '{} to {}': '{} bis {}',
  'none at all, or {}': 'gar keine, oder {}',
  train: 'Training',
  validation: 'Validierung',
  test: 'Test',
  'The model is an average over orderings, in which no column comes before another: choose a model of one ordering.':
    'Das Modell ist ein Mittel über Reihenfolgen, in dem keine Spalte vor einer anderen kommt: Wähle ein Modell mit einer Reihenfolge.',
  "The model's linear maps mix all columns, so that none comes before another: choose a family without them.":
    'Die linearen Abbildungen des Modells mischen alle Spalten, so dass keine vor einer anderen kommt: Wähle eine Familie ohne sie.',
  'The layers take the columns in different orderings, so that none comes before another in all of them: choose one layer, or the same ordering for all.':
    'Die Schichten nehmen die Spalten in verschiedenen Reihenfolgen, so dass keine in allen vor einer anderen kommt: Wähle eine Schicht, oder dieselbe Reihenfolge für alle.',

  // What training saw: src/session/mod.rs, src/training/trainer.rs
  'held-out NLL is {} nats': 'die Test-NLL ist {} nats',
  'the NLL of the training points is {} nats': 'die NLL der Trainingspunkte ist {} nats',
  'the ELBO is {} nats': 'der ELBO ist {} nats',
  'the {} is no longer a finite number': '{} ist keine endliche Zahl mehr',
  gradient: 'der Gradient',
  NLL: 'die NLL',
  ELBO: 'der ELBO',
  'the NLL is no longer a finite number': 'die NLL ist keine endliche Zahl mehr',
  'the ELBO is no longer a finite number': 'der ELBO ist keine endliche Zahl mehr',
  'the gradient is too long to be followed': 'der Gradient ist zu lang, um ihm zu folgen',
  "some of the target's points lie where the untrained model has no density":
    'manche Punkte des Ziels liegen dort, wo das untrainierte Modell keine Dichte hat',
  "some of the untrained model's draws lie where the target has no density":
    'manche Ziehungen des untrainierten Modells liegen dort, wo das Ziel keine Dichte hat',

  // The shape of an Experiment: src/bindings/reader.rs and serde
  'it has more than 32 levels': 'es hat mehr als 32 Ebenen',
  'it is neither a number, a text, a list nor an object': 'es ist weder Zahl noch Text, Liste oder Objekt',
  'a name alone was expected': 'erwartet wurde ein Name allein',
  'invalid type: {}, expected {}': 'falsche Art: {}, erwartet wurde {}',
  'invalid value: {}, expected {}': 'falscher Wert: {}, erwartet wurde {}',
  'invalid length {}, expected {}': 'falsche Länge {}, erwartet wurde {}',
  'unknown variant `{}`, expected {}': '„{}“ gibt es nicht, erwartet wurde {}',
  'unknown field `{}`, expected {}': 'das Feld „{}“ gibt es nicht, erwartet wurde {}',
  'this kind has no field `{}`': 'diese Art hat kein Feld „{}“',
  'missing field `{}`': 'das Feld „{}“ fehlt',
  'duplicate field `{}`': 'das Feld „{}“ steht zweimal da',
  'one of {}': 'eines von {}',
  '{} or {}': '{} oder {}',
  'string {}': 'der Text {}',
  'integer {}': 'die ganze Zahl {}',
  'floating point {}': 'die Zahl {}',
  'boolean {}': 'der Wahrheitswert {}',
  sequence: 'eine Liste',
  'a sequence': 'eine Liste',
  map: 'ein Objekt',
  null: 'null',
  'unit value': 'nichts',
  'a string': 'ein Text',
  'a boolean': 'ein Wahrheitswert',
  'struct {}': 'ein Objekt ({})',
  'internally tagged enum {}': 'ein Objekt mit „kind“ ({})',

  // Why the GPU is not used: src/gpu
  'an order-agnostic model has another ordering for each batch':
    'ein Modell für jede Reihenfolge hat für jeden Batch eine andere',
  'a mixture as base distribution learns on the processor':
    'eine Mischung als Basisverteilung lernt auf dem Prozessor',
  'batch normalisation needs the whole batch at once':
    'die Batch-Normierung braucht den ganzen Batch auf einmal',
  "NADE's running sum is taken variable by variable":
    'die laufende Summe von NADE wird Variable für Variable gebildet',
  'a Student-t conditional needs double precision':
    'eine bedingte Student-t-Dichte braucht doppelte Genauigkeit',
  'the runs have models of different sizes': 'die Läufe haben verschieden große Modelle',
  'the runs differ in more than seed, ordering, learning rate and annealing':
    'die Läufe unterscheiden sich in mehr als Startwert, Reihenfolge, Lernrate und Annealing',
  'there is nothing to train': 'es gibt nichts zu trainieren',
  'its kernels draw fresh points, and this run learns from fixed ones':
    'ihre Kernel ziehen immer neue Punkte, und dieser Lauf lernt aus festen',
  '{} to {} points of {} numbers': '{} bis {} Punkte aus {} Zahlen',
  'numbers from -1000 to 1000': 'Zahlen von -1000 bis 1000',
  'its kernels have no weight decay yet': 'ihre Kernel können noch keinen Gewichtsschwund',
  'this target has no kernel yet': 'für dieses Ziel gibt es noch keinen Kernel',
  'no reason given': 'ohne Angabe eines Grundes',
  'the browser has no adapter for it': 'der Browser hat keinen Adapter dafür',
  'there is no adapter for it ({})': 'es gibt keinen Adapter dafür ({})',
  'the adapter refused a device ({})': 'der Adapter hat ein Gerät verweigert ({})',
  'the device was lost ({})': 'das Gerät ging verloren ({})',
  'out of memory': 'kein Speicher mehr',
  '{} was refused ({})': '{} wurde verweigert ({})',
  memory: 'Speicher',
  'a kernel': 'ein Kernel',
  'its memory could not be read': 'ihr Speicher ließ sich nicht lesen',
  'a model of this size does not fit into its buffers': 'ein Modell dieser Größe passt nicht in ihre Puffer',
  'that many numbers do not fit into one of its buffers':
    'so viele Zahlen passen nicht in einen ihrer Puffer',
  'its kernels are missing': 'ihre Kernel fehlen',
};
