/** A formula, set as MathML when the page is built (scripts/tex.mjs). */
declare module '*.tex' {
  const mathml: string;
  export default mathml;
}
