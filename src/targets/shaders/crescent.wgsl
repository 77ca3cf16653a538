// See src/targets/crescent.rs.

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let x2 = 2.0 * normal_draw(random);
  return vec2<f32>(0.25 * x2 * x2 + normal_draw(random), x2);
}

fn target_log_density(x: vec2<f32>) -> vec3<f32> {
  let off = x.x - 0.25 * x.y * x.y;
  let log_density = log_normal_density(0.5 * x.y) - LN_2 + log_normal_density(off);
  return vec3<f32>(log_density, -off, 0.5 * x.y * off - 0.25 * x.y);
}
