/** Lessons' runs, trained from the start: they show what the reader should see, and end where the kept parameters do. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModel, writeModel } from '../../www/files/model';
import { holds } from '../../www/lessons/measures';
import { floats } from '../browser/core';
import { inWords, measure, train } from './harness';
import { all, figures, nameOf, TRAINED } from './read';

/** `npm run pretrain`: the parameters are written, not compared. */
const writing = process.env['PRETRAIN'] === '1';
mkdirSync(TRAINED, { recursive: true });

/** Tests of every second lesson, from the first or the second on: each file of tests has a processor of its own. */
export function testRuns(from: 0 | 1): void {
  describe.each(all().filter((_, index) => index % 2 === from))('$name', ({ name, lesson }) => {
    test.each(figures(lesson))(
      'part $part, answer: $answer: its runs show what is expected',
      { timeout: 300_000 },
      async (liveFigure) => {
        const { figure } = liveFigure;
        const runs = await train(figure);
        for (const line of figure.expect) {
          const one = runs[line.run];
          if (!one) throw new Error(`${inWords(line)} is about a run that is not there`);
          const value = measure(one, line.measure);
          expect(holds(value, line.relation, line.bound), `${inWords(line)}, but it is ${value}`).toBe(true);
        }
        if (!figure.trained) return;
        runs.forEach((one, index) => {
          const file = nameOf(name, liveFigure, index);
          const path = join(TRAINED, file);
          const values = one.parameters() as Float32Array<ArrayBuffer>;
          if (writing) writeFileSync(path, writeModel(one.experiment(), { step: one.step, values }));
          expect(existsSync(path), `${file} is missing: npm run pretrain`).toBe(true);
          const { experiment, saved } = readModel(readFileSync(path));
          // A field that has come since a file was written is not in it.
          expect(one.experiment(), `${file} is of another experiment: npm run pretrain`).toMatchObject(
            experiment as object,
          );
          expect(saved.step).toBe(figure.steps);
          expect(floats(new Uint8Array(saved.values.buffer)), `${file}: npm run pretrain`).toEqual(values);
        });
      },
    );
  });
}
