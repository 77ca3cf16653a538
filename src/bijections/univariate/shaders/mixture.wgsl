// A mixture of K Gaussians: logits, means, log-deviations.

struct NAME_Component {
  log_weight: f32,
  deviation: f32,
  log_deviation: f32,
  through: f32,
  z: f32,
  mean: f32,
}

// ln of the sum over e^logit.
fn NAME_log_total() -> f32 {
  var most = own[0];
  for (var i = 1u; i < K; i++) { most = max(most, own[i]); }
  var total = 0.0;
  for (var i = 0u; i < K; i++) { total += exp(own[i] - most); }
  return most + log(total);
}

fn NAME_component(i: u32, x: f32, log_total: f32) -> NAME_Component {
  var start = 0.0;
  var wide = 0.0;
  if (K > 1u) {
    start = 3.0 * f32(i) / f32(max(K, 2u) - 1u) - 1.5;
    wide = LN_2;
  }
  let scale = NAME_bounded(own[2u * K + i]);
  let log_deviation = scale.x - wide;
  let deviation = exp(log_deviation);
  let mean = own[K + i] + start;
  return NAME_Component(own[i] - log_total, deviation, log_deviation, scale.y, (x - mean) / deviation, mean);
}

fn NAME_density(x: f32) -> vec3<f32> {
  let log_total = NAME_log_total();
  var log_density = -1e30;
  var under = -1e30;
  var over = -1e30;
  for (var i = 0u; i < K; i++) {
    let c = NAME_component(i, x, log_total);
    log_density = log_add(log_density, c.log_weight + log_normal_density(c.z) - c.log_deviation);
    under = log_add(under, c.log_weight + log_normal_cdf(c.z));
    over = log_add(over, c.log_weight + log_normal_cdf(-c.z));
  }
  if (under < over) { return vec3<f32>(log_density, under, 1.0); }
  return vec3<f32>(log_density, over, -1.0);
}

fn NAME_bracket(u: f32) -> vec2<f32> {
  var ends = vec2<f32>(1e30, -1e30);
  for (var i = 0u; i < K; i++) {
    let c = NAME_component(i, 0.0, 0.0);
    let quantile = c.mean + c.deviation * u;
    ends = vec2<f32>(min(ends.x, quantile), max(ends.y, quantile));
  }
  let room = 1e-6 * (1.0 + abs(ends.x) + abs(ends.y));
  return ends + vec2<f32>(-room, room);
}

fn NAME_by_theta(x: f32, tail: vec3<f32>, log_scale: f32) -> f32 {
  let log_total = NAME_log_total();
  let all_tail = exp(tail.y - log_scale);
  var by_x = 0.0;
  for (var i = 0u; i < K; i++) {
    let c = NAME_component(i, x, log_total);
    let log_share = c.log_weight + log_normal_density(c.z) - c.log_deviation;
    let responsibility = exp(log_share - tail.x);
    let mass = exp(log_share - log_scale);
    let weight = exp(c.log_weight);
    by_x -= responsibility * c.z / c.deviation;
    let own_tail = exp(log_normal_cdf(tail.z * c.z) - log_scale);
    by_theta[i] = vec2<f32>(tail.z * weight * (own_tail - all_tail), responsibility - weight);
    by_theta[K + i] = vec2<f32>(-mass, responsibility * c.z / c.deviation);
    by_theta[2u * K + i] =
      vec2<f32>(-mass * c.deviation * c.z, responsibility * (c.z * c.z - 1.0)) * c.through;
  }
  return by_x;
}
