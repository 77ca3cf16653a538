/** The lessons, in their order, and the files that belong to them. */

import { readModel } from '../files/model';
import type { Saved } from '../engine/protocol';
import { language } from '../i18n';
import type { Head, Lesson } from './lesson';

const heads = import.meta.glob<Head>(['./[0-9]*.md', './*/[0-9]*.md'], {
  eager: true,
  query: '?head',
  import: 'default',
});
const bodies = import.meta.glob<Lesson>(['./[0-9]*.md', './*/[0-9]*.md'], { import: 'default' });
const parameters = import.meta.glob<string>('./trained/*.safetensors', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** What stands in the address for a lesson: its file's name without the number. */
export interface Entry {
  name: string;
  file: string;
}

export const course: readonly Entry[] = Object.keys(heads)
  .map((path) => path.replace('./', ''))
  .filter((file) => !file.includes('/'))
  .sort((a, b) => a.localeCompare(b))
  .map((file) => ({ name: file.replace(/^\d\d-|\.md$/g, ''), file }));

/** What a lesson is about, in the language that is spoken; in English where nobody has translated it yet. */
export function headOf({ file }: Entry): Head {
  const head = heads[`./${language()}/${file}`] ?? heads[`./${file}`];
  if (!head) throw new Error(`${file} is in the list of lessons and has no head`);
  return head;
}

/** A lesson's text, loaded when it is opened, in the same language. */
export function lessonOf({ file }: Entry): Promise<Lesson> {
  const load = bodies[`./${language()}/${file}`] ?? bodies[`./${file}`];
  if (!load) throw new Error(`${file} is in the list of lessons and has no text`);
  return load();
}

/** Parameters that were trained before, by the name of their file. */
export async function trained(name: string): Promise<Saved> {
  const url = parameters[`./trained/${name}`];
  if (url === undefined) throw new Error(`there is no file ${name}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${name} could not be loaded`);
  return readModel(new Uint8Array(await response.arrayBuffer())).saved;
}
