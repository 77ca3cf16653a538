// Advisories against npm packages, as `npm audit` knows them.

import { spawnSync } from 'node:child_process';
import { root } from '../lib.mjs';

const DATABASE = 'The database of advisories against npm packages, of `npm audit`,';

/** npm's words for a registry that does not answer; or an answer of a proxy on the way, or of a registry that knows no advisories. */
const isUnreached = ({ message = '', statusCode }) =>
  /^request to .* failed/.test(message) ||
  [403, 404, 405, 407, 429].includes(statusCode) ||
  statusCode >= 500;

/** What `npm audit --json` says, in the form of exceptions.mjs. */
export function readAudit(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    throw new Error(`npm audit answered what is no JSON: ${text.slice(0, 200)}`);
  }
  if (report.auditReportVersion === undefined) {
    if (!isUnreached(report)) throw new Error(`npm audit failed: ${text}`);
    return { database: DATABASE, unreached: report.message, found: [] };
  }
  const advisories = Object.values(report.vulnerabilities).flatMap(({ name, range, via }) =>
    // A name stands for what comes by a package that has its own entry.
    via
      .filter((one) => typeof one === 'object')
      .map(({ url, title, severity, source }) => ({
        ids: [url?.split('/').at(-1), String(source)].filter(Boolean),
        what: `${name} ${range}`,
        title: `${title} (${severity})`,
      })),
  );
  return { database: DATABASE, unreached: null, found: advisories };
}

/** Asks the registry. */
export function npmAudit() {
  const shell = process.platform === 'win32';
  const { stdout, error } = spawnSync('npm', ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    shell,
    maxBuffer: 2 ** 26,
  });
  if (error) throw error;
  return readAudit(stdout);
}
