// Advisories against crates: https://osv.dev has all of RustSec's, and answers for many packages at once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { root } from '../lib.mjs';

const DATABASE = 'The database of advisories against crates, osv.dev,';
const ADDRESS = 'https://api.osv.dev/v1/';
const PATIENCE = 20_000;
/** The most queries that one request may have. */
const AT_ONCE = 1000;

/** It was not reached; whatever else goes wrong is a fault. */
class Unreached extends Error {}

async function ask(url, body) {
  const how = body && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  };
  let answer;
  try {
    answer = await fetch(url, { ...how, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Unreached(error.cause?.code ?? error.message);
  }
  // Of a proxy on the way, or of a server in trouble. A request that it does not understand is our fault.
  if ([403, 404, 405, 407, 429].includes(answer.status) || answer.status >= 500)
    throw new Unreached(`status ${answer.status}`);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** Crates that Cargo.lock pins, of crates.io. */
const pinned = () =>
  parse(readFileSync(join(root, 'Cargo.lock'), 'utf8')).package.filter(({ source }) => source !== undefined);

/** What is known against these crates; see exceptions.mjs. */
export async function osv(crates = pinned(), address = ADDRESS) {
  try {
    const hits = new Map();
    for (let at = 0; at < crates.length; at += AT_ONCE) {
      const part = crates.slice(at, at + AT_ONCE);
      const queries = part.map(({ name, version }) => ({
        package: { name, ecosystem: 'crates.io' },
        version,
      }));
      const { results } = await ask(new URL('querybatch', address), { queries });
      results.forEach(({ vulns = [] }, index) => {
        for (const { id } of vulns) hits.set(`${id} ${index + at}`, { id, crate: crates[index + at] });
      });
    }
    const found = await Promise.all(
      [...hits.values()].map(async ({ id, crate }) => ({
        ...crate,
        advisory: await ask(new URL(`vulns/${id}`, address)),
      })),
    );
    return {
      database: DATABASE,
      unreached: null,
      found: once(found.filter(({ advisory }) => !advisory.withdrawn)),
    };
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return { database: DATABASE, unreached: error.message, found: [] };
  }
}

/** RustSec's and GitHub's words about one fault name each other. */
function once(found) {
  const told = [];
  for (const { name, version, advisory } of found) {
    const ids = [advisory.id, ...(advisory.aliases ?? [])];
    const what = `${name} ${version}`;
    const same = told.find((other) => other.what === what && other.ids.some((id) => ids.includes(id)));
    const { informational } =
      advisory.affected?.map((one) => one.database_specific ?? {}).find((one) => one.informational) ?? {};
    if (!same) told.push({ ids, what, title: advisory.summary ?? 'without a title', informational });
    else {
      same.ids = [...new Set([...same.ids, ...ids])];
      same.informational &&= informational;
    }
  }
  return told;
}
