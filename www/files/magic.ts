/** The first bytes of files, by which they are told apart. */

const NPY = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** True where bytes begin as a .npy file does. */
export const isNpy = (bytes: Uint8Array): boolean => NPY.every((byte, i) => bytes[i] === byte);

/** True where bytes begin as an archive does: with a file in it, or empty. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
