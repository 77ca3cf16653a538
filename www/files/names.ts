/** Names that come from outside, as text among other text, and as names of files. */

/**
 * What nobody sees and what changes the text around it: controls, marks that turn the direction of writing (U+202E shows `gpj.exe` as `exe.jpg`),
 * other invisible formats, halves of characters, places that Unicode leaves to others or to nobody.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]+/gu;

/** Characters of a name at most: more tell nobody more. */
const LONGEST = 100;

/** A file's or a column's own name without what can't be seen, and not longer than a line. Where nothing is left of it: null. */
export function plainName(name: string): string | null {
  // What is no text at all needs no look at all of it.
  const plain = name
    .slice(0, 20 * LONGEST)
    .replace(UNSEEN, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...plain];
  return letters.length === 0
    ? null
    : letters.length > LONGEST
      ? `${letters.slice(0, LONGEST - 1).join('')}…`
      : plain;
}

/** What Windows keeps for devices, whatever stands behind a dot. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name under which every system keeps a file, in the folder in which it is put. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(-LONGEST);
  return plain === '' || DEVICES.test(plain) ? `file-${plain}` : plain;
}
