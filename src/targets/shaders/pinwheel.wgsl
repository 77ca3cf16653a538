// See src/targets/pinwheel.rs.

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let r = 1.0 + 0.3 * normal_draw(random);
  let s = 0.1 * normal_draw(random);
  let arm = f32(below(random, 5u));
  let around = turn(arm / 5.0 + 0.25 * exp(r) / TAU);
  return 2.0 * vec2<f32>(r * around.x - s * around.y, r * around.y + s * around.x);
}
