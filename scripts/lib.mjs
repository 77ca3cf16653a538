// What the commands share: finding tools, installing what the lock files pin, one clear sentence where
// something is missing. Node's own modules only: these run before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A missing tool or a failed step, said in a sentence. */
export class Trouble extends Error {}

/** Runs `main` and turns trouble into one line and exit code 1. */
export async function command(main) {
  try {
    await main();
  } catch (error) {
    children.forEach((child) => child.kill());
    if (!(error instanceof Trouble)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

/** What runs beside this program. */
const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Runs a program in the repository's root, its output shown; fails with a sentence. */
export function run(program, args, { env = {} } = {}) {
  console.log(`\n$ ${program} ${args.join(' ')}`);
  const shell = process.platform === 'win32';
  const done = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    shell,
    env: { ...process.env, ...env },
  });
  if (done.error) throw new Trouble(`${program} could not be started: ${done.error.message}.`);
  if (done.status !== 0) throw new Trouble(`${program} ${args.join(' ')} failed, see above.`);
}

/**
 * Runs a program beside others: each line of its output begins with `name`. With `low` it gives way to all else that runs. Done when the
 * program is; fails with a sentence.
 */
export function beside(name, program, args, { env = {}, low = false } = {}) {
  console.log(`\n$ ${program} ${args.join(' ')}`);
  const begin = performance.now();
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  children.add(child);
  if (low && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    let rest = '';
    const lines = (text) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop();
      for (const line of parts) to.write(`${name} | ${line}\n`);
    };
    from.setEncoding('utf8').on('data', lines);
    from.on('end', () => rest && lines('\n'));
  }
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Trouble(`${program} could not be started: ${error.message}.`)));
    child.on('close', (status) => {
      children.delete(child);
      if (status === 0) {
        console.log(
          `${name} | ${program} ${args[0]}: done in ${Math.round((performance.now() - begin) / 1000)} s`,
        );
        resolve();
      } else reject(new Trouble(`${program} ${args.join(' ')} failed, see the lines of "${name}" above.`));
    });
  });
}

/** Runs a program of node_modules. */
export const npx = (program, ...args) => run(process.execPath, [binary(program), ...args]);

/** Runs a program of node_modules beside others. */
export const npxBeside = (name, program, ...args) =>
  beside(name, process.execPath, [binary(program), ...args]);

function binary(program) {
  const [name, inner] = program.includes(':') ? program.split(':') : [program, program];
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return join('node_modules', name, typeof bin === 'string' ? bin : bin[inner.replace(/^@.*\//, '')]);
}

function answers(program, args) {
  const done = spawnSync(program, args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  return done.status === 0 ? done.stdout : null;
}

/** npm packages as package-lock.json has them; installed again when it changed. */
export async function packages() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Trouble(`Node.js is ${process.versions.node}; 20 or newer is needed: https://nodejs.org`);
  }
  const stamp = join(root, 'node_modules', '.lock-hash');
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await beside('packages', 'npm', ['ci', '--no-audit', '--no-fund']);
  writeFileSync(stamp, hash);
}

/** Rust with the target that browsers run. */
export function rust() {
  if (answers('cargo', ['--version']) === null) {
    throw new Trouble('cargo is not there: install Rust with rustup, https://rustup.rs');
  }
  const target = 'wasm32-unknown-unknown';
  const installed = answers('rustup', ['target', 'list', '--installed']);
  // Without rustup a distribution's own compiler may still have the target: the build will tell.
  if (installed !== null && !installed.includes(target)) run('rustup', ['target', 'add', target]);
}

/** The tool that packs the core, compiled while npm's packages are installed. */
export async function tools() {
  rust();
  await Promise.all([packages(), beside('xtask', 'cargo', ['build', ...XTASK])]);
}

/** As the alias in .cargo/config.toml names it. */
const XTASK = ['--profile', 'xtask', '--package', 'xtask'];

/** The core as packages in www/engine/pkg; what fits the sources already stays. */
export function wasm() {
  run('cargo', ['xtask', 'build']);
}

/** The same beside others; with `low` behind all else that runs. */
export const wasmBeside = (how) => beside('core', 'cargo', ['xtask', 'build'], how);

/** Packages good enough for a first look, see xtask. On a clean clone the core compiles while xtask does and npm's packages are installed. */
export async function quickWasm() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  const first = stamps() === '' && {
    env: { CARGO_TARGET_DIR: join(target, 'wasm') },
  };
  await Promise.all([tools(), first && beside('core', 'cargo', ['quick-core'], first)]);
  run('cargo', ['xtask', 'build', '--quick']);
}

/** What the packages of the core were made of: another text when one of them was replaced. */
export function stamps() {
  const folder = join(root, 'www', 'engine', 'pkg', '.stamps');
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .map((file) => `${file} ${readFileSync(join(folder, file), 'utf8')}`)
    .join('\n');
}

/** The page in dist/. */
export function page() {
  npx('vite', 'build');
}

/** Something that speaks Vulkan for the tests of the kernels: on Linux Mesa's, made of software, from Debian's packages. */
export function vulkan() {
  if (process.platform !== 'linux') return;
  const places = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];
  const found = () => places.some((place) => existsSync(place) && readdirSync(place).length > 0);
  if (found()) return;
  if (process.getuid?.() === 0 && answers('apt-get', ['--version']) !== null) {
    run('apt-get', ['update', '-qq']);
    const packages = ['mesa-vulkan-drivers', 'libvulkan1'];
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  if (found()) return;
  throw new Trouble(
    'The tests of the GPU kernels need a Vulkan driver and none was found: install one ' +
      '(Debian and Ubuntu: apt install mesa-vulkan-drivers libvulkan1).',
  );
}

/** A Python with NumPy, which the test of the script that the page gives away runs. */
export function python() {
  const names = [process.env.PYTHON, 'python3', 'python'].filter(Boolean);
  const found = () => names.find((name) => answers(name, ['-c', 'import numpy']) !== null);
  if (!found() && process.getuid?.() === 0 && answers('apt-get', ['--version']) !== null) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'python3', 'python3-numpy']);
    names.push('/usr/bin/python3');
  }
  const name = found();
  if (name) return name;
  throw new Trouble(
    'The test of the Python script needs Python 3 with NumPy and found none: install them ' +
      '(Debian and Ubuntu: apt install python3-numpy), or name one in the environment variable PYTHON.',
  );
}

/** Debian's packages, where they are used and may be installed. */
function install(...packages) {
  if (process.getuid?.() !== 0 || answers('apt-get', ['--version']) === null) return;
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/** The first of these programs that is on the PATH. */
const onPath = (...names) =>
  (process.env.PATH ?? '')
    .split(':')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((place) => existsSync(place));

/** The path of a Firefox: FIREFOX, one on the PATH, or installed from Debian's packages. */
export function firefox() {
  const found = () =>
    [
      process.env.FIREFOX,
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
      onPath('firefox-esr', 'firefox'),
    ].find((place) => place && existsSync(place));
  if (!found()) install('firefox-esr');
  const path = found();
  if (path) return path;
  throw new Trouble(
    'The tests in three engines need Firefox and none was found: install it (Debian and Ubuntu: apt install firefox-esr), ' +
      'or name one in the environment variable FIREFOX.',
  );
}

/**
 * What drives WebKit, from Debian's packages: its driver, the browser that belongs to it, a screen that nobody sees, and the languages that the
 * system can speak. Null where there is none: WebKitGTK is for Linux only.
 */
export function webkit() {
  if (process.platform !== 'linux') {
    console.log(
      '\nWebKit is left out: its driver, WebKitWebDriver, is for Linux only. The promises run in the other two engines.',
    );
    return null;
  }
  const libraries = '/usr/lib';
  const browser = () =>
    [
      process.env.MINIBROWSER,
      ...[`${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`, '.'].map((folder) =>
        join(libraries, folder, 'webkit2gtk-4.1', 'MiniBrowser'),
      ),
    ].find((place) => place && existsSync(place));
  const missing = () =>
    [
      ['webkit2gtk-driver', onPath('WebKitWebDriver')],
      ['libwebkit2gtk-4.1-0', browser()],
      ['xvfb', onPath('Xvfb')],
      ['locales', existsSync('/usr/share/i18n/locales/de_DE')],
    ]
      .filter(([, there]) => !there)
      .map(([name]) => name);
  if (missing().length > 0) install(...missing());
  if (missing().length === 0) return { WEBKIT_DRIVER: onPath('WebKitWebDriver'), MINIBROWSER: browser() };
  throw new Trouble(
    `The tests in three engines need WebKitGTK with its driver; ${missing().join(', ')} could not be found: install what is missing ` +
      `(Debian and Ubuntu: apt install ${missing().join(' ')}).`,
  );
}

/** The three engines, as the environment names them to tests/engines/. */
export function engines() {
  const found = { CHROMIUM: chromium(), FIREFOX: firefox() };
  const third = webkit();
  return { ...found, ...third, ENGINES: ['chromium', 'firefox', ...(third ? ['webkit'] : [])].join() };
}

/** The path of a Chromium: CHROMIUM, one on the PATH, or installed from Debian's packages. */
export function chromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  const places = [
    process.env.CHROMIUM,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ...(process.env.PATH ?? '').split(':').flatMap((folder) => names.map((name) => join(folder, name))),
  ];
  const found = () => places.find((place) => place && existsSync(place));
  if (!found() && process.getuid?.() === 0 && answers('apt-get', ['--version']) !== null) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  const path = found();
  if (path) return path;
  throw new Trouble(
    'The browser tests need Chromium and none was found: install it (Debian and Ubuntu: apt install chromium), ' +
      'or name one in the environment variable CHROMIUM.',
  );
}

/**
 * What the browser tests open their pages in: Chromium without the windows, tabs and toolbars that nobody sees, which opens a page in half the
 * time. HEADLESS, or what Debian's packages have beside their Chromium; where there is none, or CHROMIUM names another, that.
 */
export function headless() {
  const whole = chromium();
  if (process.env.HEADLESS) return process.env.HEADLESS;
  if (whole !== onPath('chromium')) return whole;
  const found = () => onPath('chromium-headless-shell');
  try {
    // Both, since they have to be of one version.
    if (!found()) install('chromium', 'chromium-headless-shell');
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    console.log('\nThere is no chromium-headless-shell: the browser tests take longer.');
  }
  return found() ?? whole;
}
