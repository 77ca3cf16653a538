/** WebKitGTK, driven by its WebKitWebDriver over W3C WebDriver, in MiniBrowser on a screen made of software. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DOWNLOADS, UNTOLD, type Adapter, type Around, type Json } from './adapter';

/** Keys that are no characters, as the standard numbers them. */
const KEYS: Record<string, string> = {
  Control: '\uE009',
  Shift: '\uE008',
  Alt: '\uE00A',
  Enter: '\uE007',
  Escape: '\uE00C',
  Tab: '\uE004',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Backspace: '\uE003',
};
const keyOf = (name: string) => KEYS[name] ?? name;

/** How the standard marks an element in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A screen that nobody sees, and its number. */
async function screen(): Promise<{ process: ChildProcess; display: string }> {
  const size = ['-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const process = spawn('Xvfb', ['-displayfd', '3', ...size], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const said = process.stdio[3] as Readable;
  const display = await new Promise<string>((resolve, reject) => {
    process.once('error', reject);
    said.once('data', (data: Buffer) => resolve(`:${String(data).trim()}`));
  });
  return { process, display };
}

/** What GTK and the system's folders tell the browser. */
function environment({ settings, traffic, folder }: Around, display: string): NodeJS.ProcessEnv {
  const config = join(folder, 'config');
  mkdirSync(join(config, 'gtk-3.0'), { recursive: true });
  const animations = settings.motion === 'reduce' ? 0 : 1;
  writeFileSync(join(config, 'gtk-3.0', 'settings.ini'), `[Settings]\ngtk-enable-animations=${animations}\n`);
  writeFileSync(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${join(folder, DOWNLOADS)}"\n`);
  // WebKitGTK asks for the system's language, if the system has it.
  const locale = settings.language === 'C' ? 'C' : `${settings.language.replace('-', '_')}.UTF-8`;
  const locales = join(folder, 'locales');
  mkdirSync(locales);
  // What it does not know is English to it.
  if (locale !== 'C' && settings.language !== 'en-US')
    spawnSync('localedef', ['-i', locale.replace('.UTF-8', ''), '-f', 'UTF-8', join(locales, locale)]);
  const proxy = `http://127.0.0.1:${traffic.port}`;
  return {
    ...process.env,
    DISPLAY: display,
    LANG: locale,
    LC_ALL: locale,
    LANGUAGE: undefined,
    LOCPATH: locales,
    XDG_CONFIG_HOME: config,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    http_proxy: proxy,
    https_proxy: proxy,
    no_proxy: 'localhost,127.0.0.1',
    NO_AT_BRIDGE: '1',
    // Its sandbox does not start for the superuser.
    ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
  };
}

class WebDriver implements Adapter {
  readonly name = 'webkit';
  version = '';
  #session = '';

  constructor(
    private readonly address: string,
    private readonly around: Around,
    private readonly driver: ChildProcess,
    private readonly screen: ChildProcess,
  ) {}

  async #call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: Json): Promise<unknown> {
    const answer = await fetch(`${this.address}${this.#session}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (answer.ok) return value;
    const { error, message } = value as { error: string; message: string };
    throw new Error(`${path}: ${error}: ${message}`);
  }

  /** Once the driver listens. */
  async begin(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.#call('GET', '/status');
        break;
      } catch (error) {
        if (tries > 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    const { settings } = this.around;
    const args = ['--automation', '--javascript-can-open-windows-automatically=true'];
    if (settings.scheme === 'dark') args.push('--dark-mode');
    const binary = process.env['MINIBROWSER'] ?? '';
    const alwaysMatch = { 'webkitgtk:browserOptions': { binary, args } };
    const session = (await this.#call('POST', '/session', { capabilities: { alwaysMatch } })) as {
      sessionId: string;
      capabilities: { browserVersion: string };
    };
    this.version = session.capabilities.browserVersion;
    this.#session = `/session/${session.sessionId}`;
    await this.#bare(settings.width, settings.height);
  }

  /** Goes on in a window without bars: those of MiniBrowser are wider than a telephone. */
  async #bare(width: number, height: number): Promise<void> {
    const before = await this.#call('GET', '/window');
    await this.run(
      `open('about:blank', '', 'width=${width},height=${height},toolbar=no,location=no,menubar=no')`,
    );
    for (;;) {
      const handles = (await this.#call('GET', '/window/handles')) as string[];
      const handle = handles.find((one) => one !== before);
      if (handle === undefined) continue;
      await this.#call('POST', '/window', { handle });
      return;
    }
  }

  async go(url: string): Promise<void> {
    await this.#call('POST', '/url', { url });
  }
  async reload(): Promise<void> {
    await this.#call('POST', '/refresh', {});
  }
  async back(): Promise<void> {
    await this.#call('POST', '/back', {});
  }
  run(body: string, ...args: Json[]): Promise<unknown> {
    return this.#call('POST', '/execute/sync', { script: body, args });
  }

  #pointer(...actions: Json[]): Promise<unknown> {
    const parameters = { pointerType: 'mouse' };
    return this.#call('POST', '/actions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters, actions }],
    });
  }
  #at: [number, number] = [0, 0];
  async move(x: number, y: number, moves = 1): Promise<void> {
    const [fromX, fromY] = this.#at;
    this.#at = [x, y];
    const step = (i: number) => ({
      type: 'pointerMove',
      duration: 0,
      x: Math.round(fromX + ((x - fromX) * i) / moves),
      y: Math.round(fromY + ((y - fromY) * i) / moves),
    });
    await this.#pointer(...Array.from({ length: moves }, (_, i) => step(i + 1)));
  }
  async down(): Promise<void> {
    await this.#pointer({ type: 'pointerDown', button: 0 });
  }
  async up(): Promise<void> {
    await this.#pointer({ type: 'pointerUp', button: 0 });
  }
  async press(key: string, held: readonly string[]): Promise<void> {
    const down = (name: string) => ({ type: 'keyDown', value: keyOf(name) });
    const up = (name: string) => ({ type: 'keyUp', value: keyOf(name) });
    const actions = [...held.map(down), down(key), up(key), ...held.map(up)];
    await this.#call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
  async upload(body: string, args: Json[], paths: string[]): Promise<void> {
    const element = (await this.run(body, ...args)) as Record<string, string>;
    await this.#call('POST', `/element/${element[ELEMENT]}/value`, { text: paths.join('\n') });
  }
  async resize(width: number, height: number): Promise<void> {
    await this.#call('POST', '/window/rect', { x: 0, y: 0, width, height });
  }
  async screenshot(): Promise<Uint8Array> {
    return Buffer.from((await this.#call('GET', '/screenshot')) as string, 'base64');
  }
  /** The standard has no words for the console: the page says it itself, see traffic.ts. */
  errors(): string[] {
    return this.around.traffic.said;
  }
  elsewhere(): string[] {
    return this.around.traffic.elsewhere;
  }
  held = () => Promise.resolve(UNTOLD);
  async close(): Promise<void> {
    if (this.#session !== '') await this.#call('DELETE', '').catch(() => undefined);
    await end(this.driver, () => killGroup(this.driver));
    await end(this.screen, () => this.screen.kill());
  }
}

/** Asks a process to end, and waits until it has. */
async function end(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  ask();
  await gone;
}

/** The driver leads a group: WebKit's own processes in it would go on for a moment without it, and write. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone since it was asked.
  }
}

export async function launch(around: Around): Promise<Adapter> {
  const [{ process: x, display }, port] = await Promise.all([screen(), freePort()]);
  const driver = spawn(process.env['WEBKIT_DRIVER'] ?? 'WebKitWebDriver', [`--port=${port}`], {
    env: environment(around, display),
    stdio: 'ignore',
    detached: true,
  });
  const adapter = new WebDriver(`http://127.0.0.1:${port}`, around, driver, x);
  try {
    await adapter.begin();
  } catch (error) {
    await adapter.close();
    throw error;
  }
  return adapter;
}
