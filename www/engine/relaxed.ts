/** Whether this browser has fused multiply-adds, for which there are builds of their own. */

/** A module with one fused multiply-add, as WebAssembly's relaxed SIMD has it: valid only where that is there. */
export const PROBE = new Uint8Array([
  // magic, version; one type () -> v128; one function of it
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0,
  // its body: three times i32.const 1, i8x16.splat; f32x4.relaxed_madd; end
  10, 19, 1, 17, 0, 65, 1, 253, 15, 65, 1, 253, 15, 65, 1, 253, 15, 253, 133, 2, 11,
]);

/** True where the browser has fused multiply-adds. */
export const hasRelaxedSimd = (): boolean => WebAssembly.validate(PROBE);
