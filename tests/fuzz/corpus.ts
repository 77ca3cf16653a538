/** Inputs that are kept: those that reached something new, a line of base64 each; and those that once went wrong, a file each. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal, type Target } from './targets';

const nameOf = ({ name }: Target) => name.replaceAll(' ', '-');
const fileOf = (target: Target) => join(import.meta.dirname, 'corpus', `${nameOf(target)}.txt`);
const folderOf = (target: Target) => join(import.meta.dirname, 'found', nameOf(target));

/** The least set of inputs that reaches all that is known to be reached of a reader. */
export function corpusOf(target: Target): Uint8Array<ArrayBuffer>[] {
  if (!existsSync(fileOf(target))) return [];
  const lines = readFileSync(fileOf(target), 'utf8').trim().split('\n');
  return lines.map((line) => Uint8Array.from(Buffer.from(line, 'base64')));
}

export function keepCorpus(target: Target, inputs: readonly Uint8Array[]): void {
  const lines = inputs.map((input) => Buffer.from(input).toString('base64'));
  writeFileSync(fileOf(target), `${lines.join('\n')}\n`);
}

/** Inputs that once went wrong, by their names. */
export const foundOf = (target: Target): string[] =>
  existsSync(folderOf(target)) ? readdirSync(folderOf(target)) : [];

export const readFound = (target: Target, name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(join(folderOf(target), name)));

export function keepFound(target: Target, name: string, input: Uint8Array): void {
  mkdirSync(folderOf(target), { recursive: true });
  writeFileSync(join(folderOf(target), name), input);
}

/** True where the reader took the input, false where it refused it with a sentence; all else is thrown. */
export async function taken(target: Target, input: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    await target.read(input);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** An input as a message shows it. */
export const shown = (input: Uint8Array): string =>
  JSON.stringify(new TextDecoder().decode(input)).slice(0, 400);
