// See src/targets/rings.rs.

const RING_NOISE = 0.08;

fn ring(k: u32) -> f32 { return 0.75 * f32(k + 1u); }

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let around = turn(uniform_draw(random));
  let radius = ring(below(random, 4u));
  return (radius + RING_NOISE * normal_draw(random)) * around;
}

fn target_log_density(x: vec2<f32>) -> vec3<f32> {
  let radius = max(length(x), 1e-12);
  var total = -1e30;
  for (var k = 0u; k < 4u; k++) {
    total = log_add(total, log_normal_density((radius - ring(k)) / RING_NOISE) - log(RING_NOISE));
  }
  var pull = 0.0;
  for (var k = 0u; k < 4u; k++) {
    let share = exp(log_normal_density((radius - ring(k)) / RING_NOISE) - log(RING_NOISE) - total);
    pull += share * (ring(k) - radius);
  }
  let outward = pull / (RING_NOISE * RING_NOISE) - 1.0 / radius;
  return vec3<f32>(total - log(4.0 * TAU * radius), outward * x / radius);
}
