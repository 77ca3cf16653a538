/** Lessons as their files have them. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lessonOf } from '../../scripts/lesson.mjs';
import type { Figure, Lesson } from '../../www/lessons/lesson';
import { trainedName } from '../../www/lessons/names';

export const FOLDER = 'www/lessons';
/** Parameters of runs that lessons present trained: `npm run pretrain` writes them. */
export const TRAINED = 'www/lessons/trained';

/** All lessons by their names in the address, in the language of a folder. */
export function all(folder = FOLDER): { name: string; file: string; lesson: Lesson }[] {
  return readdirSync(folder)
    .filter((file) => /^\d\d-.*\.md$/.test(file))
    .sort()
    .map((file) => ({
      name: file.replace(/^\d\d-|\.md$/g, ''),
      file,
      lesson: lessonOf(join(folder, file)),
    }));
}

export interface LiveFigure {
  figure: Figure;
  /** Counts from 1. */
  part: number;
  answer: boolean;
}

/** Every figure of a lesson, also those of the answers. */
export const figures = (lesson: Lesson): LiveFigure[] =>
  lesson.parts.flatMap((part, i) => [
    ...(part.figure ? [{ figure: part.figure, part: i + 1, answer: false }] : []),
    ...(part.answer?.figure ? [{ figure: part.answer.figure, part: i + 1, answer: true }] : []),
  ]);

export const nameOf = (lesson: string, { part, answer }: LiveFigure, index: number): string =>
  trainedName(lesson, part, answer, index);
