/** docs/hosting.md says what the built page carries, and its examples what its tables say. */

import { expect, test } from 'vitest';
import { POLICY } from '../../scripts/published.mjs';
import { caching, exampleCaching, examples, recommended } from './headers';

test('the content policy that hosts are told is the page’s own, and says who may frame it', () => {
  const [own, framing] = recommended['Content-Security-Policy']?.split('; frame-ancestors ') ?? [];
  expect(own).toBe(POLICY);
  expect(framing).toBe("'self'");
});

test('both examples are the tables', () => {
  expect(Object.keys(recommended).length).toBeGreaterThan(5);
  for (const [host, headers] of Object.entries(examples)) expect(headers, host).toEqual(recommended);
  for (const [host, value] of Object.entries(exampleCaching)) expect(value, host).toBe(caching['`assets/`']);
});
