// Formulas are set when the page is built: a file `*.tex` becomes a module with its MathML, which browsers draw by themselves, so
// that no formula costs the reader a library or a font.

import katex from 'katex';

/** Colours of formulas that stand for classes of theme.css. */
const CLASSES = { xone: 'x1', xtwo: 'x2', target: 'target', model: 'model', base: 'base' };

/** The variables in their colours, and what stands for whom: p for the target, q for the model, u for the base. */
const MACROS = {
  '\\xone': '\\textcolor{xone}{x_1}',
  '\\xtwo': '\\textcolor{xtwo}{x_2}',
  '\\uone': '\\textcolor{base}{u_1}',
  '\\utwo': '\\textcolor{base}{u_2}',
  '\\p': '\\textcolor{target}{p}',
  '\\q': '\\textcolor{model}{q}',
  '\\base': '\\textcolor{base}{p_u}',
};

/** A formula as MathML; throws what is wrong with it. `display`: for a line of its own. */
export function mathml(source, display = false) {
  const how = { output: 'mathml', throwOnError: true, strict: 'error', displayMode: display };
  const whole = katex.renderToString(source, { ...how, macros: { ...MACROS } });
  const math = whole.replace(/^<span class="katex">/, '').replace(/<\/span>$/, '');
  return math.replace(/mathcolor="([a-z]+)"/g, (_, colour) => {
    const name = CLASSES[colour];
    if (!name) throw new Error(`no colour is called ${colour} in ${source}`);
    return `class="${name}"`;
  });
}

/** The plugin for Vite. */
export function tex() {
  return {
    name: 'tex',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.tex')) return null;
      return { code: `export default ${JSON.stringify(mathml(code.trim()))};`, map: null, moduleType: 'js' };
    },
  };
}
