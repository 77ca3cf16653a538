/** Chromium and Firefox, both driven by puppeteer: one over the DevTools protocol, the other over WebDriver BiDi. */

import { join } from 'node:path';
import puppeteer, {
  type Browser,
  type ElementHandle,
  type KeyInput,
  type LaunchOptions,
  type Page,
} from 'puppeteer-core';
import { ARGS } from '../browser/chromium';
import { DOWNLOADS, UNTOLD, type Adapter, type Around, type Held } from './adapter';
import type { Traffic } from './traffic';

/** A folder's own settings of Firefox: no letters home, less motion, colours and language as they are asked for. */
const firefox = ({ settings, traffic, folder }: Around): LaunchOptions => ({
  browser: 'firefox',
  executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
  // Without it a released Firefox does not let its settings server be named.
  env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
  extraPrefsFirefox: {
    'intl.accept_languages': settings.language,
    'layout.css.prefers-color-scheme.content-override': settings.scheme === 'dark' ? 0 : 1,
    'ui.prefersReducedMotion': settings.motion === 'reduce' ? 1 : 0,
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': traffic.port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': traffic.port,
    'browser.download.folderList': 2,
    'browser.download.dir': join(folder, DOWNLOADS),
    'browser.download.always_ask_before_handling_new_types': false,
    // What the browser would ask of its makers by itself.
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.safebrowsing.update.enabled': false,
    'media.gmp-manager.updateEnabled': false,
    'extensions.systemAddon.update.enabled': false,
    'dom.push.connection.enabled': false,
  },
});

const chromium = ({ settings, traffic, folder }: Around): LaunchOptions => ({
  browser: 'chrome',
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  downloadBehavior: { policy: 'allow', downloadPath: join(folder, DOWNLOADS) },
  env: { ...process.env, LANGUAGE: settings.language, LANG: settings.language },
  args: [
    ...ARGS,
    // What the browser would ask of its makers by itself.
    '--disable-features=AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationHints,Translate',
    '--disable-client-side-phishing-detection',
    '--disable-default-apps',
    '--disable-extensions',
    '--google-base-url=http://localhost:9/',
    '--gaia-url=http://localhost:9/',
    `--proxy-server=127.0.0.1:${traffic.port}`,
    `--accept-lang=${settings.language}`,
    `--lang=${settings.language}`,
    ...(settings.motion === 'reduce' ? ['--force-prefers-reduced-motion'] : []),
    ...(settings.scheme === 'dark' ? ['--blink-settings=preferredColorScheme=0'] : []),
  ],
});

/** How long a page may take to open. */
const PATIENCE = 60_000;

/** Whom Chromium asks by itself, whatever it is told; a page that asked them would be seen by its own requests. */
const OWN = /(^|\.)google(apis)?\.com(:443|\/)/;

/** The body of a function as one that puppeteer hands to the page. */
const inPage = (body: string) => new Function(body) as (...args: unknown[]) => unknown;

class Puppeteer implements Adapter {
  #errors: string[] = [];
  #elsewhere: string[] = [];

  constructor(
    readonly name: 'chromium' | 'firefox',
    readonly version: string,
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly traffic: Traffic,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(message.text());
    });
    page.on('pageerror', (error) => this.#errors.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (/^(https?|wss?):/.test(url) && !url.startsWith(traffic.url)) this.#elsewhere.push(url);
    });
  }

  /** By script: a page that is brought back as it was does not load, which is what puppeteer's own ways wait for. */
  async #leave(act: (url: string) => void, url: string, there: (url: string) => boolean): Promise<void> {
    await this.page.evaluate(act, url);
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
      // Between two pages there is none that could answer.
      if (await this.page.evaluate(there, url).catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error(`${url} did not open`);
  }
  go(url: string): Promise<void> {
    return this.#leave(
      (to) => (location.href = to),
      url,
      (to) => location.href === to && document.readyState === 'complete',
    );
  }
  reload(): Promise<void> {
    return this.#leave(
      () => {
        Object.assign(window, { left: true });
        location.reload();
      },
      this.page.url(),
      () => !('left' in window) && document.readyState === 'complete',
    );
  }
  async back(): Promise<void> {
    // Not at once, and no answer is no fault: the page that is asked may be gone before it can give one.
    const asked = this.page.evaluate(() => void setTimeout(() => history.back()));
    await asked.catch((error: unknown) => {
      if (!String(error).includes('Execution context was destroyed')) throw error;
    });
  }
  run(body: string, ...args: unknown[]): Promise<unknown> {
    return this.page.evaluate(inPage(body), ...args);
  }
  async move(x: number, y: number, moves = 1): Promise<void> {
    await this.page.mouse.move(x, y, { steps: moves });
  }
  async down(): Promise<void> {
    await this.page.mouse.down();
  }
  async up(): Promise<void> {
    await this.page.mouse.up();
  }
  async press(key: string, held: readonly string[]): Promise<void> {
    const { keyboard } = this.page;
    for (const one of held) await keyboard.down(one as KeyInput);
    await keyboard.press(key as KeyInput);
    for (const one of held) await keyboard.up(one as KeyInput);
  }
  async upload(body: string, args: unknown[], paths: string[]): Promise<void> {
    const handle = await this.page.evaluateHandle(inPage(body), ...args);
    await (handle as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  }
  async resize(width: number, height: number): Promise<void> {
    await this.page.setViewport({ width, height }).catch((error: Error) => {
      // The size was set; Firefox 140 does not know the orientation of a screen.
      if (!error.message.includes('setScreenOrientationOverride')) throw error;
    });
  }
  screenshot(): Promise<Uint8Array> {
    return this.page.screenshot();
  }
  errors(): string[] {
    return this.#errors;
  }
  elsewhere(): string[] {
    return [...this.#elsewhere, ...this.traffic.elsewhere.filter((host) => !OWN.test(host))];
  }
  async held(): Promise<Held> {
    const workers = this.page.workers().length;
    if (this.name === 'firefox') return { ...UNTOLD, workers };
    const client = await this.page.createCDPSession();
    await client.send('HeapProfiler.collectGarbage');
    await client.detach();
    const { JSHeapUsedSize, Nodes, JSEventListeners } = await this.page.metrics();
    const [heap, nodes, listeners] = [JSHeapUsedSize ?? null, Nodes ?? null, JSEventListeners ?? null];
    return { heap, nodes, listeners, workers };
  }
  async close(): Promise<void> {
    await this.browser.close();
  }
}

export async function launch(name: 'chromium' | 'firefox', around: Around): Promise<Adapter> {
  const options = name === 'firefox' ? firefox(around) : chromium(around);
  const browser = await puppeteer.launch({ ...options, headless: true });
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  const version = (await browser.version()).replace(/^.*\//, '');
  const adapter = new Puppeteer(name, version, browser, page, around.traffic);
  await adapter.resize(around.settings.width, around.settings.height);
  return adapter;
}
