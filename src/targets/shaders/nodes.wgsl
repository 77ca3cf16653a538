// log p and its gradient, of NODES round Gaussians of one deviation, DEVIATION: (x1, x2, weight) of each in the table.

fn target_log_density(x: vec2<f32>) -> vec3<f32> {
  let sharpness = 1.0 / (DEVIATION * DEVIATION);
  var nearest = 1e30;
  for (var k = 0u; k < NODES; k++) {
    let off = table[SCORE_TABLE + k].xy - x;
    nearest = min(nearest, dot(off, off));
  }
  var total = 0.0;
  var pull = vec2<f32>();
  for (var k = 0u; k < NODES; k++) {
    let node = table[SCORE_TABLE + k];
    let off = node.xy - x;
    let share = node.z * exp(0.5 * sharpness * (nearest - dot(off, off)));
    total += share;
    pull += share * off;
  }
  let log_density = log(total) - 0.5 * sharpness * nearest - LN_2PI - 2.0 * log(DEVIATION);
  return vec3<f32>(log_density, sharpness * pull / total);
}
