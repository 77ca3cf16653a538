/** `npm run audit`: what it refuses, what it puts up with, and that a database out of reach is no fault. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, judge } from '../../scripts/audit/exceptions.mjs';
import { readAudit } from '../../scripts/audit/npm.mjs';
import { osv } from '../../scripts/audit/osv.mjs';
import {
  crateSources,
  crateWildcards,
  duplicates,
  npmSources,
  sources,
} from '../../scripts/audit/sources.mjs';

const today = new Date('2026-11-27');
const answer = (found: Answer['found']): Answer => ({ database: 'The database', unreached: null, found });
const fault = { ids: ['RUSTSEC-2026-0001', 'CVE-2026-1'], what: 'somecrate 1.0.0', title: 'reads too far' };

describe('what is known', () => {
  it('fails', () => {
    expect(judge([answer([fault])], [], today).failures).toEqual([
      'somecrate 1.0.0: RUSTSEC-2026-0001, CVE-2026-1, reads too far',
    ]);
  });

  it('is put up with for a reason, under any of its names, until a day', () => {
    const exception = { id: 'CVE-2026-1', reason: 'we never read', until: '2026-12-31' };
    const { failures, notes } = judge([answer([fault])], [exception], today);
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('until 2026-12-31: we never read')]);
    const late = judge([answer([fault])], [exception], new Date('2027-01-01'));
    expect(late.failures).toEqual([expect.stringContaining('held until 2026-12-31')]);
  });

  it('needs no exception once it is gone, which can be told only where all databases answer', () => {
    const exception = { id: 'CVE-2026-1', reason: 'we never read', until: '2026-12-31' };
    expect(judge([answer([])], [exception], today).failures).toEqual([
      expect.stringContaining('take the exception out'),
    ]);
    const silent = { database: 'Another', unreached: 'no network', found: [] };
    expect(judge([answer([]), silent], [exception], today)).toEqual({
      failures: [],
      notes: ['Another could not be reached (no network): nothing was asked of it.'],
    });
  });

  it('is told and no failure where nobody looks after a crate any more', () => {
    const { failures, notes } = judge([answer([{ ...fault, informational: 'unmaintained' }])], [], today);
    expect(failures).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('unmaintained')]);
  });

  it.each([
    { id: 'X', reason: '', until: '2027-01-01' },
    { id: 'X', reason: 'because', until: 'some day' },
  ])('is not put up with without a reason or a day: %o', (exception) => {
    expect(judge([answer([])], [exception], today).failures).toContainEqual(
      expect.stringContaining('needs an id, a reason'),
    );
  });
});

describe('the database of crates', () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  /** A server that answers each path with a status and an object. */
  async function database(answers: Record<string, [number, object]>): Promise<string> {
    const server = createServer((request, response) => {
      const [status, body] = answers[request.url ?? ''] ?? [404, {}];
      request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  }
  const crates = [
    { name: 'sound', version: '1.0.0' },
    { name: 'somecrate', version: '1.0.0' },
  ];

  it('tells each fault once, whoever else names it, and none that was taken back', async () => {
    const address = await database({
      '/v1/querybatch': [
        200,
        { results: [{}, { vulns: [{ id: 'RUSTSEC-1' }, { id: 'GHSA-1' }, { id: 'RUSTSEC-2' }] }] },
      ],
      '/v1/vulns/RUSTSEC-1': [200, { id: 'RUSTSEC-1', aliases: ['CVE-1'], summary: 'reads too far' }],
      '/v1/vulns/GHSA-1': [200, { id: 'GHSA-1', aliases: ['CVE-1', 'RUSTSEC-1'], summary: 'reads too far' }],
      '/v1/vulns/RUSTSEC-2': [200, { id: 'RUSTSEC-2', withdrawn: '2026-01-01' }],
    });
    const { unreached, found } = await osv(crates, address);
    expect(unreached).toBe(null);
    expect(found).toEqual([
      expect.objectContaining({
        ids: ['RUSTSEC-1', 'CVE-1', 'GHSA-1'],
        what: 'somecrate 1.0.0',
        title: 'reads too far',
      }),
    ]);
  });

  it('may be out of reach: nobody there, or a proxy that refuses', async () => {
    const address = await database({ '/v1/querybatch': [405, {}] });
    expect(await osv(crates, address)).toMatchObject({ unreached: 'status 405', found: [] });
    closing.splice(0).forEach((close) => close());
    expect(await osv(crates, address)).toMatchObject({ unreached: 'ECONNREFUSED', found: [] });
  });

  it('may not refuse the question itself', async () => {
    const address = await database({ '/v1/querybatch': [400, { message: 'no such ecosystem' }] });
    await expect(osv(crates, address)).rejects.toThrow('no such ecosystem');
  });
});

describe('npm audit', () => {
  it('is read: each advisory once, beside the packages that only bring it', () => {
    const via = {
      source: 17,
      name: 'tar',
      title: 'writes elsewhere',
      url: 'https://github.com/advisories/GHSA-tar',
      severity: 'high',
    };
    const report = {
      auditReportVersion: 2,
      vulnerabilities: {
        tar: { name: 'tar', range: '<7', via: [via] },
        installer: { name: 'installer', range: '*', via: ['tar'] },
      },
    };
    expect(readAudit(JSON.stringify(report)).found).toEqual([
      { ids: ['GHSA-tar', '17'], what: 'tar <7', title: 'writes elsewhere (high)' },
    ]);
  });

  it('may not reach its registry, and may not fail for another reason', () => {
    const refused = { message: '405 Method Not Allowed', statusCode: 405, body: '' };
    expect(readAudit(JSON.stringify(refused))).toMatchObject({
      unreached: '405 Method Not Allowed',
      found: [],
    });
    const nobody = { message: 'request to http://registry/ failed, reason: connect ECONNREFUSED', error: {} };
    expect(readAudit(JSON.stringify(nobody)).unreached).toContain('ECONNREFUSED');
    expect(() => readAudit(JSON.stringify({ error: { code: 'ENOLOCK', summary: 'no lock file' } }))).toThrow(
      'ENOLOCK',
    );
    expect(() => readAudit('')).toThrow('no JSON');
  });
});

describe('the rules of deny.toml', () => {
  it('hold for what is here', async () => {
    expect(await sources()).toEqual([]);
  });

  it('refuse crates from elsewhere, of any version, or in two', () => {
    const index = 'https://github.com/rust-lang/crates.io-index';
    const lock = [
      { name: 'ours', version: '0.1.0' },
      { name: 'good', version: '1.0.0', source: `registry+${index}` },
      { name: 'bad', version: '1.0.0', source: 'git+https://example.org/bad#1' },
    ];
    expect(crateSources(lock, [index])).toEqual([expect.stringMatching(/^bad 1\.0\.0 comes from git/)]);
    const dependencies = [
      { name: 'pinned', req: '^1', path: null },
      { name: 'any', req: '*', path: null },
      { name: 'beside', req: '*', path: '/here' },
    ];
    expect(crateWildcards([{ name: 'ours', dependencies }])).toEqual([
      expect.stringContaining('the crate any'),
    ]);
    const twice = ['1.2.0', '2.0.1', '20.0.0'].map((version) => ({ name: 'twice', version }));
    expect(duplicates(twice.slice(0, 2), [])).toEqual([expect.stringContaining('1.2.0 and 2.0.1')]);
    expect(duplicates(twice.slice(0, 2), [{ crate: 'twice@2' }])).toEqual([]);
    // 20 is not a version of 2.
    expect(duplicates(twice, [{ crate: 'twice@2' }])).toEqual([expect.stringContaining('1.2.0 and 20.0.0')]);
  });

  it('refuse npm packages of any version, from elsewhere, or without a checksum', () => {
    const manifest = { devDependencies: { good: '^1.0.0', any: '*', tag: 'latest', git: 'github:a/b' } };
    const lock = {
      packages: {
        '': {},
        'node_modules/good': { integrity: 'sha512-1' },
        'node_modules/elsewhere': { integrity: 'sha512-1', resolved: 'https://example.org/a.tgz' },
        'node_modules/unchecked': {},
      },
    };
    expect(
      npmSources(manifest, lock).map((line) => /any|tag|git|good|elsewhere|unchecked/.exec(line)?.[0]),
    ).toEqual(['any', 'tag', 'git', 'elsewhere', 'unchecked']);
  });
});
