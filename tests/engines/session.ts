/** What the promises share: a visit for a file of them, and the page's controls by name. */

import { afterAll, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { EngineName } from './adapter';
import { Driver, type Locator, type Visit } from './driver';

declare module 'vitest' {
  interface ProvidedContext {
    engine: EngineName;
  }
}

export const engine = inject('engine');

/** A visit that begins before the tests of a file or a group, and ends after them. */
export function visit(how: Visit = {}): { readonly driver: Driver } {
  let driver: Driver | undefined;
  beforeAll(async () => {
    driver = await Driver.visit(engine, how);
  });
  // What was on the screen when something was not as promised: test-results/engines/.
  beforeEach(({ task, onTestFailed }) =>
    onTestFailed(() => driver?.screenshot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`)),
  );
  afterAll(() => driver?.leave());
  return {
    get driver() {
      if (!driver) throw new Error('the visit has not begun');
      return driver;
    },
  };
}

export const button = (driver: Driver, name: string | RegExp): Locator => driver.role('button', name);
export const radio = (driver: Driver, name: string): Locator => driver.role('radio', name);
export const output = (driver: Driver, name: string): Locator => driver.role('status', name);

/** The number that a readout shows; German numbers have a comma where others have a point. */
export async function read(driver: Driver, name: string, language: 'en' | 'de' = 'en'): Promise<number> {
  const text = (await output(driver, name).said()).replace('−', '-');
  return Number(language === 'de' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', ''));
}

export const until = (driver: Driver, name: string, language?: 'de') =>
  expect.poll(() => read(driver, name, language));

/** Opens the page at rest, its first numbers there. */
export async function openAtRest(driver: Driver, hash = ''): Promise<void> {
  await driver.open(hash);
  // That of a table is over its test rows.
  const said = async () =>
    (await output(driver, 'Held-out NLL in nats').said()) || (await output(driver, 'NLL, test rows').said());
  await expect.poll(said).not.toMatch(/^(–|)$/);
}

/** Nothing went wrong that nobody saw, and nobody else was asked for anything. */
export function allIsWell(driver: Driver): void {
  expect(driver.errors()).toEqual([]);
  expect(driver.elsewhere()).toEqual([]);
}
