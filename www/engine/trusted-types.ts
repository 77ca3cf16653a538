/**
 * What a browser with Trusted Types lets become a script or a document. The content policy (scripts/published.mjs) names all policies that
 * there are: these, and the one of Svelte's templates.
 */

interface Factory {
  createPolicy<Rules extends Record<string, (text: string) => string>>(name: string, rules: Rules): Rules;
}

const { trustedTypes: factory } = globalThis as { trustedTypes?: Factory };

const scripts = factory?.createPolicy('own-scripts', {
  createScriptURL: (address) => {
    if (new URL(address, location.href).origin === location.origin) return address;
    throw new TypeError(`${address} is no script of this page's`);
  },
});

const markup = factory?.createPolicy('own-markup', { createHTML: (text) => text });
const drawings = factory?.createPolicy('inert-drawings', { createHTML: (text) => text });

/** The address of a script of this page's own, as a worker is started with: a string where the browser has no Trusted Types. */
export const ownScript = (address: string): string => scripts?.createScriptURL(address) ?? address;

/** Markup that was made when the page was built, or that a library makes of a link: nobody else writes in it. */
export const ownMarkup = (text: string): string => markup?.createHTML(text) ?? text;

/** The text of a drawing that is only parsed: it becomes no part of the page, and its scripts never run. */
export const inertDrawing = (text: string): string => drawings?.createHTML(text) ?? text;
