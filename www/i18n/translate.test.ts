import { describe, expect, it } from 'vitest';
import { fill, translator } from './translate';
import { de } from './de';
import { chosen } from './language';

describe('a sentence of the core', () => {
  const translate = translator(de.sentences);

  it.each([
    [
      'model.layers is 0; allowed: a whole number from 1 to 64.',
      'model.layers ist 0; erlaubt: eine ganze Zahl von 1 bis 64.',
    ],
    [
      'model.batch_norm is true; allowed: false with the reverse KL: there is no batch of data to normalise by.',
      'model.batch_norm ist true; erlaubt: false bei der Rückwärts-KL: es gibt keinen Batch von Daten, nach dem zu normieren wäre.',
    ],
    [
      "This experiment can't be read: model.family: unknown variant `mode`, expected one of `nade`, `made`.",
      'Dieses Experiment lässt sich nicht lesen: model.family: „mode“ gibt es nicht, erwartet wurde eines von `nade`, `made`.',
    ],
    [
      'This experiment can\'t be read: seed: invalid type: string "x", expected u32.',
      'Dieses Experiment lässt sich nicht lesen: seed: falsche Art: der Text "x", erwartet wurde u32.',
    ],
    [
      'Training stopped at step 350: the gradient is no longer a finite number. The parameters of step 300 are kept. Try a learning rate below 0.05, or gradient clipping.',
      'Das Training ist bei Schritt 350 stehengeblieben: der Gradient ist keine endliche Zahl mehr. Die Parameter von Schritt 300 bleiben. Versuch eine Lernrate unter 0.05, oder kappe den Gradienten.',
    ],
    [
      "This Experiment can't start: some of the untrained model's draws lie where the target has no density. Choose a base with lighter tails (normal, or Student-t with more degrees of freedom), or a smaller start.",
      'Dieses Experiment kann nicht beginnen: manche Ziehungen des untrainierten Modells liegen dort, wo das Ziel keine Dichte hat. Wähle eine Basis mit leichteren Rändern (normal, oder Student-t mit mehr Freiheitsgraden), oder einen kleineren Anfang.',
    ],
    [
      'the memory that this takes is 1086 MiB; allowed: up to 256 MiB: fewer layers, lines, points or draws.',
      'der Speicher, den das braucht, ist 1086 MiB; erlaubt: bis zu 256 MiB: weniger Schichten, Linien, Punkte oder Ziehungen.',
    ],
    [
      'The GPU is not used: the device was lost (destroyed). Training goes on on the processor, from step 12.',
      'Die GPU wird nicht benutzt: das Gerät ging verloren (destroyed). Das Training geht auf dem Prozessor weiter, ab Schritt 12.',
    ],
  ])('%s', (english, german) => expect(translate(english)).toBe(german));

  it('that nobody knows stays as it is', () => {
    expect(translate('Something else.')).toBe('Something else.');
    expect(translator({})('Line 3: no.')).toBe('Line 3: no.');
  });

  it('takes values by order or by number', () => {
    expect(fill('{} and {}', 1, 'b')).toBe('1 and b');
    expect(fill('{1} before {0}', 1, 'b')).toBe('b before 1');
  });
});

describe('the language to begin in', () => {
  it.each([
    ['', ['de-CH', 'en'], 'de'],
    ['', ['fr', 'en-GB', 'de'], 'en'],
    ['', ['fr'], 'en'],
    ['?lesson=masks&lang=de', ['en'], 'de'],
    ['?lang=en', ['de'], 'en'],
    ['?lang=constructor', ['de'], 'de'],
  ] as const)('%s, browser %j: %s', (address, preferred, language) =>
    expect(chosen(address, preferred)).toBe(language),
  );
});
