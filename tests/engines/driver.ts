/** A visit of the page in any of the engines, as a person makes it: by role and name, with pointer and keys. The promises know nothing else. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DOWNLOADS, type Adapter, type EngineName, type Json, type Modifier, type Settings } from './adapter';
import * as inPage from './in-page';
import type { Pattern, Step } from './in-page';
import * as puppeteer from './puppeteer';
import { begin, type Traffic } from './traffic';
import * as webdriver from './webdriver';

/** How long a person waits for something to be there. */
const PATIENCE = 45_000;
const PAUSE = 40;

const LIBRARY = readFileSync(
  createRequire(import.meta.url).resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js'),
  'utf8',
);

const rest = () => new Promise((resolve) => setTimeout(resolve, PAUSE));
const pattern = (one: string | RegExp): Pattern => (typeof one === 'string' ? one : [one.source, one.flags]);

/** Elements, found anew each time that something is asked of them. */
export class Locator {
  constructor(
    private readonly driver: Driver,
    private readonly steps: readonly Step[],
  ) {}

  #then = (step: Step) => new Locator(this.driver, [...this.steps, step]);
  role = (role: string, name?: string | RegExp, hidden?: boolean) =>
    this.#then({ role, hidden, name: name === undefined ? undefined : pattern(name) });
  label = (label: string | RegExp) => this.#then({ label: pattern(label) });
  text = (text: string | RegExp) => this.#then({ text: pattern(text) });
  selector = (selector: string) => this.#then({ selector });
  nth = (nth: number) => this.#then({ nth });

  async #wait<T>(what: string, look: () => Promise<T | { why: string }>): Promise<T> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = await look();
      if (typeof found !== 'object' || found === null || !('why' in found)) return found as T;
      if (Date.now() > end) throw new Error(`${what} ${JSON.stringify(this.steps)}: ${found.why}`);
      await rest();
    }
  }

  /** Waits until it is there, alone, at rest and in nobody's shadow. */
  #ready = (what: string) => this.#wait(what, () => this.driver.ask(inPage.ready, this.steps));

  async click(): Promise<void> {
    let at = await this.#ready('can’t be clicked:');
    // What is above may grow while the pointer is on its way.
    for (let last = { x: NaN, y: NaN }; at.x !== last.x || at.y !== last.y;) {
      last = at;
      await this.driver.adapter.move(at.x, at.y);
      at = await this.#ready('can’t be clicked:');
    }
    await this.driver.adapter.down();
    await this.driver.adapter.up();
  }
  async hover(): Promise<void> {
    const { x, y } = await this.#ready('can’t be pointed at:');
    await this.driver.adapter.move(x, y);
  }
  /** Draws a line through points given as shares of its box. */
  async drag(points: readonly (readonly [x: number, y: number])[]): Promise<void> {
    await this.#ready('can’t be drawn on:');
    const box = await this.box();
    const { adapter } = this.driver;
    for (const [at, [x, y]] of points.entries()) {
      await adapter.move(box.left + x * box.width, box.top + y * box.height, at === 0 ? 1 : 12);
      if (at === 0) await adapter.down();
    }
    await adapter.up();
  }
  async focus(): Promise<void> {
    await this.waitFor();
    await this.driver.ask(inPage.focus, this.steps);
  }
  async fill(value: string): Promise<void> {
    await this.waitFor();
    await this.driver.ask(inPage.fill, this.steps, value);
  }
  async choose(option: string): Promise<void> {
    await this.#wait(`has no “${option}”:`, async () =>
      (await this.driver.ask(inPage.choose, this.steps, option)) ? true : { why: 'not there' },
    );
  }
  async upload(...paths: string[]): Promise<void> {
    await this.waitFor();
    await this.driver.upload(this.steps, paths);
  }
  /** Until there is at least one. */
  async waitFor(): Promise<void> {
    await this.#wait('is not there:', async () => ((await this.count()) > 0 ? true : { why: 'none' }));
  }

  count = (): Promise<number> => this.driver.ask(inPage.count, this.steps);
  texts = (): Promise<string[]> => this.driver.ask(inPage.texts, this.steps);
  /** What is written in the first. */
  said = async (): Promise<string> => (await this.texts())[0] ?? '';
  boxes = () => this.driver.ask(inPage.boxes, this.steps);
  async box() {
    await this.waitFor();
    const [box] = await this.boxes();
    if (!box) throw new Error(`${JSON.stringify(this.steps)} is gone`);
    return box;
  }
  async property(name: string): Promise<string | number | boolean | null | undefined> {
    return (await this.driver.ask(inPage.properties, this.steps, name))[0];
  }
  isChecked = async (): Promise<boolean> =>
    (await this.property('checked')) === true || (await this.property('ariaChecked')) === 'true';
  value = async (): Promise<string> => String(await this.property('value'));
  isFocused = (): Promise<boolean> => this.driver.ask(inPage.isFocused, this.steps);
}

/** How a visit may differ from that of somebody who has seen the tour, on a large screen. */
export interface Visit extends Partial<Settings> {
  /** Sees the tour. */
  first?: boolean;
  /** The server sends the headers that let workers share memory. */
  isolated?: boolean;
}

export class Driver {
  private constructor(
    readonly adapter: Adapter,
    readonly traffic: Traffic,
    private readonly folder: string,
  ) {}

  static async visit(engine: EngineName, visit: Visit = {}): Promise<Driver> {
    const { first = false, isolated = true, ...wanted } = visit;
    const folder = mkdtempSync(join(tmpdir(), `density-playground-${engine}-`));
    mkdirSync(join(folder, DOWNLOADS));
    const traffic = await begin({ recorded: engine === 'webkit', isolated });
    const settings: Settings = {
      language: 'en-US',
      scheme: 'light',
      motion: 'reduce',
      width: 1440,
      height: 900,
      ...wanted,
    };
    const around = { settings, traffic, folder };
    const adapter = await (engine === 'webkit' ? webdriver.launch(around) : puppeteer.launch(engine, around));
    const driver = new Driver(adapter, traffic, folder);
    if (!first) {
      await driver.open('?lessons');
      await driver.ask(() => localStorage.setItem('density-playground.tour', 'seen'));
    }
    return driver;
  }

  #root = new Locator(this, []);
  role = this.#root.role;
  label = this.#root.label;
  text = this.#root.text;
  selector = this.#root.selector;

  get engine(): EngineName {
    return this.adapter.name;
  }

  /** Goes to an address of the page, and loads it though it may differ behind the # only. */
  async open(path = ''): Promise<void> {
    await this.adapter.go('about:blank');
    await this.adapter.go(this.traffic.url + path);
  }
  reload = (): Promise<void> => this.adapter.reload();
  back = (): Promise<void> => this.adapter.back();
  address = (): Promise<string> => this.ask(() => location.href);
  /** What is behind the #, with it. */
  link = (): Promise<string> => this.ask(() => location.hash);

  /** Asks the page: the function is handed over as its text, and `lookUp` with it. */
  async ask<A extends Json[], T>(question: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
    const body = `
      if (typeof TestingLibraryDom === 'undefined') return '${MISSING}';
      ${inPage.lookUp}
      return (${question}).apply(null, arguments);`;
    for (let tries = 0; ; tries++) {
      try {
        const answer = await this.adapter.run(body, ...args);
        if (answer !== MISSING) return answer as Awaited<T>;
        await this.adapter.run(LIBRARY);
      } catch (error) {
        // Another page has come in between: it is asked instead.
        if (tries > 5 || !LEFT.test(String(error))) throw error;
      }
    }
  }

  /** A key, with others before it that are held: `Control+z`. */
  async press(keys: string): Promise<void> {
    const all = keys === '+' ? ['+'] : keys.split('+');
    await this.adapter.press(all.at(-1) ?? '', all.slice(0, -1) as Modifier[]);
  }

  /** Hands files to an input. */
  async upload(steps: readonly Step[], paths: string[]): Promise<void> {
    const body = `${inPage.lookUp}\nreturn (${inPage.first}).apply(null, arguments);`;
    await this.adapter.upload(body, [steps as Json], paths);
  }
  /** A file of the visit's own, to be brought. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }
  paste = (text: string): Promise<void> => this.ask(inPage.paste, text);

  /** Does something that gives a file away, and waits for the file. */
  async saved(act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const folder = join(this.folder, DOWNLOADS);
    const before = new Set(readdirSync(folder));
    await act();
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      const names = readdirSync(folder).filter((name) => !before.has(name));
      const [name] = names;
      // While it is written there is another beside it, or one with another ending.
      if (name && names.length === 1 && !/\.(part|crdownload|wkdownload)$/.test(name)) {
        const bytes = readFileSync(join(folder, name));
        if (bytes.length > 0) return { name, bytes };
      }
      await rest();
    }
    throw new Error('no file came');
  }

  size = (width: number, height: number): Promise<void> => this.adapter.resize(width, height);
  async screenshot(name: string): Promise<void> {
    const path = join('test-results', 'engines', `${name}-${this.engine}.png`);
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await this.adapter.screenshot());
  }
  /** Without a network from now on: the server is gone, in every engine alike. */
  offline = (): Promise<void> => this.traffic.stop();

  errors = (): string[] => this.adapter.errors();
  /** Requests to anybody but the page's own server. */
  elsewhere = (): string[] => this.adapter.elsewhere();

  async leave(): Promise<void> {
    await this.adapter.close();
    await this.traffic.close();
    await cleared(this.folder);
  }
}

/**
 * Takes a visit's folder away. A process of the browser that is about to end may write into it meanwhile, which is
 * asked for again; what can't be cleared is told and is no fault of the page.
 */
async function cleared(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++)
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch {
      await rest();
    }
  console.warn(`${folder} is still written to and was left.`);
}

/** What the drivers say when the page that was asked is gone. */
const LEFT =
  /context was destroyed|Cannot find context|no such frame|detached|DiscardedBrowsingContext|stale/i;

const MISSING = 'the library is not in the page';
