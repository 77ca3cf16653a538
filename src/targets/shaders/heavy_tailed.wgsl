// See src/targets/heavy_tailed.rs.

const FREEDOM = 3.0;

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let first = normal_draw(random);
  let second = normal_draw(random);
  var chi_squared = 0.0;
  for (var i = 0u; i < 3u; i++) {
    let n = normal_draw(random);
    chi_squared += n * n;
  }
  return vec2<f32>(first, second) / sqrt(chi_squared / FREEDOM);
}

fn target_log_density(x: vec2<f32>) -> vec3<f32> {
  let square = dot(x, x);
  let log_density = -log(TAU) - 0.5 * (FREEDOM + 2.0) * log_of_one_and(square / FREEDOM);
  return vec3<f32>(log_density, -(FREEDOM + 2.0) / (FREEDOM + square) * x);
}
