// A Student-t base of DEGREES degrees of freedom, each variable by itself. See src/models/base.rs.

fn base_log_density(u: vec4<f32>, temperature: f32) -> vec4<f32> {
  let square = u * u / (DEGREES * temperature * temperature);
  let tail = vec4<f32>(log_of_one_and(square.x), log_of_one_and(square.y), log_of_one_and(square.z),
    log_of_one_and(square.w));
  return LOG_CONSTANT - log(temperature) - 0.5 * (DEGREES + 1.0) * tail;
}

fn base_score(u: vec4<f32>) -> vec4<f32> { return -(DEGREES + 1.0) * u / (DEGREES + u * u); }

// Bailey's polar method: one radius and one angle.
fn base_draw(random: ptr<function, Philox>) -> f32 {
  let exponent = -2.0 / DEGREES * log_of_uniform(uniform_draw(random));
  let radius = sqrt(DEGREES * (exp(exponent) - 1.0));
  return radius * turn(uniform_draw(random)).x;
}
