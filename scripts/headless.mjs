// The package's second door: dist/core.js, the core without the page, and its types. It takes the page's own modules of WebAssembly.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { build } from 'vite';
import { Trouble } from './lib.mjs';

const SOURCE = 'www/headless';
const CORE = 'www/engine/pkg/density_playground_views.d.ts';

const PLAIN = 'density_playground_views_bg.wasm';
const RELAXED = 'density_playground_views_relaxed_bg.wasm';

/** Where the bundler put a module of the page, by its name in www/engine/pkg; null: nowhere. */
function addressIn(dir, name) {
  const stem = name.replace('.wasm', '');
  const files = readdirSync(join(dir, 'assets'));
  const file = files.find((file) => file.startsWith(`${stem}-`) && file.endsWith('.wasm'));
  return file ? `./assets/${file}` : null;
}

/** Where those of the core are. After a quick build both are one, and the page has it once. */
function modules(dir) {
  const plain = addressIn(dir, PLAIN) ?? addressIn(dir, RELAXED);
  if (!plain) throw new Trouble(`${PLAIN} is not in ${dir}/assets: scripts/headless.mjs looks for it there.`);
  return { plain, relaxed: addressIn(dir, RELAXED) ?? plain };
}

/**
 * One script for browsers and Node: a bundle for servers keeps `new URL(…, import.meta.url)`, by which whoever bundles it again finds the modules. The
 * core's own fallback for that is taken out: it would be looked for, too.
 */
async function script(dir, addresses, plugins) {
  const own = {
    name: 'modules-of-the-page',
    transform(code, id) {
      if (!/density_playground_views\.js$/.test(id)) return null;
      return { code: code.replace(/new URL\('[^']+', import\.meta\.url\)/, 'undefined'), map: null };
    },
    renderChunk(code) {
      return Object.entries(addresses).reduce(
        (text, [name, address]) => text.replaceAll(`./pkg/${name}`, address),
        code,
      );
    },
  };
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [own, ...plugins],
    ssr: { noExternal: true },
    build: {
      ssr: `${SOURCE}/index.ts`,
      outDir: dir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'es2022',
      minify: false,
      rolldownOptions: {
        output: {
          entryFileNames: 'core.js',
          codeSplitting: false,
          // What bundlers are told stays; the licences of what is in it are in licences.html.
          comments: { legal: false, jsdoc: false, annotation: true },
        },
      },
    },
  });
}

/** The files whose types are public. */
const PUBLIC = ['index.ts', 'model.ts', 'points.ts', 'training.ts'];

/** Their types, each file on its own; what they say of the core stands in one file, without the core's functions. */
function types(dir) {
  const folder = join(dir, 'types');
  mkdirSync(folder, { recursive: true });
  for (const file of PUBLIC) {
    const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(join(SOURCE, file), 'utf8'), {
      fileName: file,
      compilerOptions: { isolatedDeclarations: true, stripInternal: true, target: ts.ScriptTarget.ES2022 },
    });
    const [fault] = diagnostics ?? [];
    if (fault) throw new Trouble(`${file}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`);
    const text = outputText
      .replace(/from '\.\.\/engine\/anywhere'/g, "from './experiment.js'")
      .replace(/from '(\.\/[\w-]+)'/g, "from '$1.js'")
      // TypeScript 6 says such a method twice.
      .replace(/^ *\[Symbol\.asyncIterator\]: .*\n/m, '');
    if (text.includes("'../")) throw new Trouble(`${file}: its types lead out of ${SOURCE}: ${text}`);
    writeFileSync(join(folder, file.replace('.ts', '.d.ts')), text);
  }
  const core = ts.createSourceFile(CORE, readFileSync(CORE, 'utf8'), ts.ScriptTarget.ES2022);
  const said = core.statements.filter(
    (one) =>
      (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) &&
      !['InitOutput', 'SyncInitInput'].includes(one.name.text),
  );
  const all = said.map((one) => `\n\n${core.text.slice(one.getStart(core, true), one.end)}`).join('');
  writeFileSync(
    join(folder, 'experiment.d.ts'),
    `/** What the core speaks of, made from its Rust types. */${all}\nexport type WasmSource = InitInput;\n`,
  );
}

/** Writes them beside the page, which is built. Returns where its modules are. */
export async function headless(dir, plugins) {
  const { plain, relaxed } = modules(dir);
  await script(dir, { [PLAIN]: plain, [RELAXED]: relaxed }, plugins);
  types(dir);
  return { plain, relaxed };
}
