import { expect, test } from 'vitest';
import { language, open, speak, words } from './locale';

test('the last language that was chosen counts, with all parts that were opened before or meanwhile', async () => {
  const german = speak('de');
  const opened = open('views');
  const english = speak('en');
  await Promise.all([german, opened, english]);
  expect(language()).toBe('en');
  expect(words.views.conditionals.line).toBe('Where the line is on the stage');
  const back = speak('de');
  const lessons = open('lessons');
  await Promise.all([back, lessons]);
  expect(language()).toBe('de');
  expect(words.lessons.all).toBe('Lektionen');
  expect(words.views.conditionals.line).toBe('Wo die Linie auf der Bühne ist');
  await speak('en');
});
