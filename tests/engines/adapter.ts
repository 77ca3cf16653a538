/** What an engine's own driver has to be able to do; all that the promises use is made of it in driver.ts. */

import type { Traffic } from './traffic';

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type EngineName = (typeof ENGINES)[number];

/** What goes to the page and back. */
export type Json =
  string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** How the browser of a visit is set: these can't be changed later in every engine. */
export interface Settings {
  /** What the browser asks servers for, as `navigator.language` tells; the system's language where the engine takes it from there. */
  language: string;
  scheme: 'light' | 'dark';
  /** With less motion asked for, the page does not begin to train by itself. */
  motion: 'reduce' | 'no-preference';
  width: number;
  height: number;
}

/** A browser of its own with one page, and nothing kept from before. */
export interface Adapter {
  readonly name: EngineName;
  readonly version: string;
  go(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** Runs the body of a function in the page, its arguments in `arguments`; what it returns may be a promise. */
  run(body: string, ...args: Json[]): Promise<unknown>;
  /** Moves the pointer, in a number of moves. */
  move(x: number, y: number, moves?: number): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
  /** Presses a key by its name in `KeyboardEvent.key`, while others are held. */
  press(key: string, held: readonly Modifier[]): Promise<void>;
  /** Hands files to the input that a body of a function returns. */
  upload(body: string, args: Json[], paths: string[]): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  /** Errors in the console and exceptions that nobody caught, so far. */
  errors(): string[];
  /** Requests to anybody but the page's own server. */
  elsewhere(): string[];
  /** What the browser holds now, as far as it tells. */
  held(): Promise<Held>;
  close(): Promise<void>;
}

/** In bytes and numbers; null where an engine doesn't tell. */
export interface Held {
  /** Of the page's scripts, after what nobody needs is gone. */
  heap: number | null;
  nodes: number | null;
  listeners: number | null;
  workers: number | null;
}

/** Of an engine that tells nothing. */
export const UNTOLD: Held = { heap: null, nodes: null, listeners: null, workers: null };

export type Modifier = 'Control' | 'Shift' | 'Alt';

/** What an adapter is handed to begin with. */
export interface Around {
  settings: Settings;
  traffic: Traffic;
  /** A folder of the visit's own: its downloads, and what the browser writes. */
  folder: string;
}

/** Where files come that the page gives away. */
export const DOWNLOADS = 'downloads';
