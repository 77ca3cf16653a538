/** A seed that nobody chose, 0 to 2^32 − 1, from the machine's source of randomness (Web Cryptography, `getRandomValues`). */
export function freshSeed(): number {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  return seed;
}
