// The page of licences: every package that ships, then each text once.

/** Nothing but its style. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

const html = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A name, as a link where there is an address that a browser may follow. */
const linked = (name, source) =>
  /^https?:\/\//.test(source) ? `<a href="${html(source)}">${html(name)}</a>` : html(name);

/** `parts`: the page's own package, the crates, the packages of npm, each a list with its titles in both languages. */
export function licencesPage(parts) {
  const numbers = new Map();
  for (const { packages } of parts)
    for (const { texts } of packages)
      for (const text of texts) if (!numbers.has(text)) numbers.set(text, numbers.size + 1);
  const users = (text) =>
    parts.flatMap(({ packages }) =>
      packages.filter(({ texts }) => texts.includes(text)).map(({ name }) => name),
    );

  const row = ({ name, version, licence, source, texts }) => `      <tr>
        <th scope="row">${linked(name, source)}</th>
        <td>${html(version)}</td>
        <td>${html(licence)}</td>
        <td>${texts.map((text) => `<a href="#text-${numbers.get(text)}">${numbers.get(text)}</a>`).join(' ')}</td>
      </tr>`;
  const table = ({ title, german, packages }) => `    <h2>${title} <span lang="de">${german}</span></h2>
    <table>
      <thead><tr>
        <th scope="col">Package <span lang="de">Paket</span></th>
        <th scope="col">Version</th>
        <th scope="col">Licence <span lang="de">Lizenz</span></th>
        <th scope="col">Texts <span lang="de">Texte</span></th>
      </tr></thead>
      <tbody>
${packages.map(row).join('\n')}
      </tbody>
    </table>`;
  const whole = ([text, number]) => `    <section id="text-${number}" aria-labelledby="title-${number}">
      <h3 id="title-${number}">${number}: ${html([...new Set(users(text))].join(', '))}</h3>
      <pre>${html(text)}</pre>
    </section>`;

  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${POLICY.join('; ')}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="./icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="./licences.css" />
    <title>Licences · Lizenzen · Density Playground</title>
  </head>
  <body>
    <main>
    <h1>Licences <span lang="de">Lizenzen</span></h1>
    <p>Everything that ships with Density Playground, and the licences under which it does. <a href="./">To the page</a></p>
    <p lang="de">Alles, was mit Density Playground ausgeliefert wird, und unter welchen Lizenzen. <a href="./">Zur Seite</a></p>
${parts.map(table).join('\n')}
    <h2>Texts <span lang="de">Texte</span></h2>
${[...numbers].map(whole).join('\n')}
    </main>
  </body>
</html>
`;
}
