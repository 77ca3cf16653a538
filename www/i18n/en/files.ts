/** What is brought and taken away. */
export const files = {
  bring: 'Bring your own',
  bringText:
    'Points (a table as text, .npy or .npz), a picture, a saved experiment or model: choose it here, drop it on the page, or paste text.',
  open: 'Open a file',
  take: 'Take with you',
  pictureOf: 'Picture of',
  stage: 'the stage',
  curve: 'the training curve',
  out: {
    png: ['Picture (PNG)', 'At twice its size'],
    svg: ['Picture (SVG)', 'Lines and words as such'],
    samplesCsv: ['Samples (CSV)', 'The samples on the stage'],
    samplesNpy: ['Samples (.npy)', 'For NumPy: an array (points, 2)'],
    densityCsv: ['Density (CSV)', 'x1, x2 and the density there'],
    densityNpy: ['Density (.npy)', 'For NumPy: rows from the least x2'],
    curve: ['Training curve (CSV)', 'Step, NLL, entropy, KL and its error'],
    model: ['Model (.safetensors)', 'The trained parameters with their experiment: opens here again'],
    script: ['Python script (.py)', 'Loads a saved model: density and samples in NumPy, a module in PyTorch'],
    film: ['Film of the training', 'The stage from step 0 on, as WebM'],
    experiment: ['Experiment (JSON)', 'Opens here again, and in the terminal'],
  },
  notHere: 'It is not on the page now: open its panel, then take the picture.',
  filming: 'Filming: the film is saved when the runs end, after 20 seconds, or when you stop it.',
  filmingAlready: 'A film is being recorded already: wait for its end, or stop it.',
  filmStop: 'Stop and save',
  pasted: 'What was pasted',
  reading: (name: string) => `Reading ${name} …`,
  cancel: 'Cancel',
  units: (x: string, y: string, first: string, second: string) =>
    `Samples and density are saved in the units of ${x} and ${y}. Model, script and experiment are in those of the standardised plane: x₁ = ${first}, x₂ = ${second}.`,
  /** A coordinate of the plane by the value of a column. */
  coordinate: (name: string, origin: string, unit: string) => `(${name} − ${origin}) / ${unit}`,
  densityUnits:
    'In the units of these columns the density is too large or too small a number to be written: it is saved in those of the standardised plane.',

  brought: {
    brought: 'What you brought',
    points: (count: string) => `${count} points.`,
    placed: (means: string, deviations: string, side: number) =>
      `Standardised: means ${means}, deviations ${deviations}. The target is the density that they suggest, on ${side} by ${side} cells; NLL, entropy and the saved model are of the standardised columns, what else is saved is in their own units.`,
    outside: (outside: string, all: string) =>
      `${outside} of ${all} points lie far outside of where most are, and are left out: with them the others would be a speck.`,
    mark: 'Decimal mark',
    markPoint: 'the point: 1.234 is one and a bit',
    markComma: 'the comma: 1.234 is more than a thousand',
    everything: 'With the points far outside',
    and: ' and ',
    column: (variable: string) => `Column for ${variable}`,
    left: (lines: number) => (lines === 1 ? 'One line was left out:' : `${lines} lines were left out:`),
    line: (line: number, why: string) => `line ${line}: ${why}`,
    more: (lines: number) => `and ${lines} more`,
    ink: 'The density is what is',
    dark: 'dark',
    light: 'light',
    opaque: 'not transparent',
    use: 'Make it the target',
    leave: 'Leave it',

    rows: {
      title: 'Or its rows as they are',
      how: 'The model learns the rows themselves, in all the columns that you choose, and is measured on rows that it has not seen.',
      columns: 'Columns to learn',
      looking: 'Looking at the rows …',
      rows: (rows: string, columns: number) => `${rows} rows of ${columns} columns.`,
      parts: (train: string, validation: string, test: string) =>
        `Its column split says: ${train} to train on, ${validation} for validation, ${test} to test on.`,
      train: 'Train on its rows',
      few: (rows: number, least: number) =>
        `There are ${rows} complete rows; ${least} or more are needed. Leave out columns with gaps, or bring more rows.`,
      constant: (column: string) =>
        `${column} has the same value in all rows: a density of it does not exist.`,
      copy: (column: string, of: string) =>
        `${column} says the same as ${of}, perhaps in another unit: the rows lie on a plane, and the NLL falls without end.`,
      leaveOut: (column: string) => `Leave ${column} out`,
      narrow: (rows: string, columns: number) =>
        `${rows} rows are fewer than ten for each of ${columns} columns: a flow will learn them by heart.`,
      fewer: (columns: number) => `The first ${columns} columns only`,
      discrete: (columns: string, all: number) =>
        all === 1
          ? `${columns} has whole numbers only, or few different ones: a density of such data can grow without end, so that its NLL has no floor.`
          : `${columns} have whole numbers only, or few different ones: a density of such data can grow without end, so that its NLL has no floor.`,
      skewed: (columns: string, all: number) =>
        all === 1
          ? `${columns} leans far to one side; its logarithm leans less, and is easier to learn.`
          : `${columns} lean far to one side; their logarithms lean less, and are easier to learn.`,
      takeLogarithms: (columns: string) => `Learn the logarithm of ${columns}`,
      logarithms: (columns: string) =>
        `Of ${columns} the logarithm is learned; the NLL is told in the column’s own units.`,
      noLogarithms: 'Without logarithms',
      heavy: (columns: string, all: number) =>
        all === 1
          ? `${columns} has many more numbers far out than a Gaussian has: a base with heavy tails explains them.`
          : `${columns} have many more numbers far out than a Gaussian has: a base with heavy tails explains them.`,
      takeBase: 'Choose a Student-t base',
      heavyBase: 'The model begins with a Student-t base of 3 degrees of freedom.',
      noBase: 'Keep the base',
      addNoise: (columns: string) => `Add noise as wide as a step to ${columns}`,
      noisy: (columns: string) =>
        `In training, noise as wide as a step is added to ${columns}: the NLL is a bound then, and has a floor.`,
      takeNoise: 'Without noise',
      far: (rows: number, deviations: string) =>
        rows === 1
          ? `One row has a number beyond ${deviations} deviations from the others: all else would be a speck.`
          : `${rows} rows have a number beyond ${deviations} deviations from the others: all else would be a speck.`,
      leaveFar: (rows: number): string => (rows === 1 ? 'Leave that row out' : 'Leave those rows out'),
      farLeft: (rows: number) =>
        rows === 1 ? 'One row far outside is left out.' : `${rows} rows far outside are left out.`,
      takeFar: 'Take them back',
    },
  },
  otherRows: (name: string, wanted: string) =>
    `${name} has other rows than those of ${wanted} that are waited for: its content is not the same.`,

  /** Why a file is not taken. */
  problem: {
    empty: 'This file is empty.',
    size: (mebibytes: number, most: number) =>
      `This file has ${mebibytes} MiB; up to ${most} can be read. Take a part of it.`,
    json: (why: string) => `This looks like an experiment in JSON, but can’t be read: ${why}.`,
    broken: 'it is broken',
    unknown: (name: string) =>
      `${name} is no text, picture, .npy or .npz file. Bring points as CSV or .npy, a picture, or a saved experiment.`,
    picture: 'This picture can’t be read by the browser. Save it as PNG or JPEG.',
    svg: 'This drawing can’t be read: its SVG is damaged. Save it as PNG.',
    pixels: (width: number, height: number, most: number) =>
      `This picture has ${width} by ${height} pixels; up to ${most} million can be read. Make it smaller.`,
    numbers: (rows: number, columns: number) =>
      `This table has ${rows} rows and ${columns} columns: more numbers than can be read. Take a part of it.`,
    noRoom: 'The browser has no room for this picture. Close other pages and try again.',
    oneColour: 'This picture has one colour only: there is no density to see in it.',
    lines: (lines: number, most: number) =>
      `This table has ${lines} lines; up to ${most} can be read. Take a part of it.`,
    noNumbers: 'There is no line with numbers in this text.',
    oneColumn: (line: string) =>
      `The first line, “${line}”, has one column; two are needed, with commas, semicolons, tabs or blanks between them.`,
    columns: (columns: number, most: number) =>
      `This table has ${columns} columns; up to ${most} can be read. Take a part of it.`,
    width: (columns: number, others: number) => `it has ${columns} columns, most lines have ${others}`,
    column: (number: number) => `column ${number}`,
    fewColumns: (numeric: number, all: number) =>
      `Two columns of numbers are needed; this table has ${numeric} among ${all}. Write one point of the plane a line, each of its numbers in a column.`,
    noNumber: (column: string) => `${column} is not a number`,
    noPart: 'its split is neither train, validation nor test',
    farOutside: (column: string) => `${column} lies far outside`,
    notNpy: 'This is not a .npy file: it does not begin as one.',
    npyShort: 'This .npy file was cut short.',
    npyKind: (kind: string) =>
      `The numbers of this .npy file are of a kind (${kind}) that is not read; save it with .astype("float32").`,
    unknownKind: 'unknown',
    npyShape: (shape: string, most: number) =>
      `This array has the shape (${shape}); (points, 2) is needed, or up to ${most} columns.`,
    npyRows: (rows: number, most: number) =>
      `This array has ${rows} rows; up to ${most} can be read. Take a part of it.`,
    fewPoints: (points: number) => `There are ${points} points; a density needs 10 at least.`,
    onLineFirst:
      'All points have the same first number: they lie on a line, which has no density in the plane.',
    onLineSecond:
      'All points have the same second number: they lie on a line, which has no density in the plane.',
    magnitude:
      'These numbers are at the very edge of what a computer’s numbers can be, so that their scale can’t be written down. Multiply them by a power of ten.',
    jsonShape:
      'This JSON has no points: write pairs, [[1, 2], [3, 4]], objects with the same fields, or columns, {"x": [1, 3], "y": [2, 4]}.',
    zipEmpty:
      'This archive has no arrays (.npy) in it. Bring what numpy.savez wrote; save a spreadsheet as CSV.',
    zipBroken: 'This archive is damaged or was cut short.',
    zipSize: (most: number) => `The arrays in this archive have more than ${most} MiB; take a part of them.`,
    npzShapes: (arrays: string) =>
      `No array in this archive has the shape (points, 2), and no two are columns of the same length: it has ${arrays}.`,
    noReader: 'What reads points could not be loaded, or ran out of memory. Reload the page and try again.',

    // How a table was read.
    separated: (by: string) => `Read with ${by} between the columns.`,
    tabs: 'tabs',
    semicolons: 'semicolons',
    bars: 'bars',
    commas: 'commas',
    blanks: 'blanks',
    readAs: (cell: string, number: string) => `“${cell}” is read as ${number}.`,
    commentNames: (line: number) => `The names of the columns are those in the comment in line ${line}.`,
    index: (column: number) => `Column ${column} has no name and only counts the rows: it is left out.`,
    jsonRows: 'Read as JSON; “line” counts its points.',
    npzArray: (array: string, all: string) => `Read is the array ${array}, of ${all}.`,
    npzColumns: (arrays: string) => `Read are the arrays ${arrays} as columns.`,
    model: (why: string) => `This model file can’t be read: ${why}.`,
    modelShort: 'it was cut short',
    modelHeader: 'its header is broken',
    modelForeign: 'it was not saved here, so nobody knows what its numbers mean',
    modelNewer: 'a newer version of this page saved it: reload the page, then open it again',
    modelExperiment: 'the experiment in it is broken',
    modelParameters: 'its parameters are not described as they should be',
    modelChecksum: 'its numbers are not those that were saved; take another copy of the file',
    noFilms: 'This browser can’t record films. Take pictures, or use Chromium or Firefox.',
  },
};
