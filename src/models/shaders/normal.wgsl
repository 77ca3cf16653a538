// A standard normal base, each variable by itself. See src/models/base.rs.

fn base_log_density(u: vec4<f32>, temperature: f32) -> vec4<f32> {
  let z = u / temperature;
  return -0.5 * (z * z + LN_2PI) - log(temperature);
}

fn base_score(u: vec4<f32>) -> vec4<f32> { return -u; }

fn base_draw(random: ptr<function, Philox>) -> f32 { return normal_draw(random); }
