// A monotone rational-quadratic spline of BINS pieces within +-BOUND: src/bijections/univariate/spline.rs, whose names these
// are.

struct NAME_Piece {
  found: bool,
  index: u32,
  x: f32,
  y: f32,
  width: f32,
  height: f32,
  slopes: vec2<f32>,
}

const NAME_LEAST = 1e-3;
const NAME_SLOPE_OFFSET = 0.539742417236952;

fn NAME_softmax(start: u32) {
  var most = own[start];
  for (var i = 1u; i < BINS; i++) { most = max(most, own[start + i]); }
  var total = 0.0;
  for (var i = 0u; i < BINS; i++) {
    own[start + i] = exp(own[start + i] - most);
    total += own[start + i];
  }
  for (var i = 0u; i < BINS; i++) { own[start + i] /= total; }
}

fn NAME_prepare() {
  NAME_softmax(0u);
  NAME_softmax(BINS);
}

fn NAME_size(share: f32) -> f32 {
  return 2.0 * BOUND * (NAME_LEAST + (1.0 - NAME_LEAST * f32(BINS)) * share);
}

fn NAME_slope(knot: u32) -> f32 {
  if (knot == 0u || knot == BINS) { return 1.0; }
  let raw = own[2u * BINS + knot - 1u] + NAME_SLOPE_OFFSET;
  return NAME_LEAST + max(raw, 0.0) + log_of_one_and(exp(-abs(raw)));
}

fn NAME_piece(value: f32, data: bool) -> NAME_Piece {
  var piece = NAME_Piece(false, 0u, -BOUND, -BOUND, 1.0, 1.0, vec2<f32>(1.0));
  if (!(value > -BOUND && value < BOUND)) { return piece; }
  for (var index = 0u; index < BINS; index++) {
    piece.index = index;
    piece.width = NAME_size(own[index]);
    piece.height = NAME_size(own[BINS + index]);
    let end = select(piece.y + piece.height, piece.x + piece.width, data);
    if (value < end || index + 1u == BINS) { break; }
    piece.x += piece.width;
    piece.y += piece.height;
  }
  piece.found = true;
  piece.slopes = vec2<f32>(NAME_slope(piece.index), NAME_slope(piece.index + 1u));
  return piece;
}

fn NAME_map(x: f32) -> vec2<f32> {
  let piece = NAME_piece(x, true);
  if (!piece.found) { return vec2<f32>(x, 0.0); }
  let xi = clamp((x - piece.x) / piece.width, 0.0, 1.0);
  let s = piece.height / piece.width;
  let d0 = piece.slopes.x;
  let d1 = piece.slopes.y;
  let q = xi * (1.0 - xi);
  let under = s + (d0 + d1 - 2.0 * s) * q;
  let y = piece.y + piece.height * (s * xi * xi + d0 * q) / under;
  let over = d1 * xi * xi + 2.0 * s * q + d0 * (1.0 - xi) * (1.0 - xi);
  return vec2<f32>(y, 2.0 * log(s) + log(over) - 2.0 * log(under));
}

fn NAME_invert(u: f32) -> f32 {
  let piece = NAME_piece(u, false);
  if (!piece.found) { return u; }
  let s = piece.height / piece.width;
  let d0 = piece.slopes.x;
  let rise = u - piece.y;
  let bend = d0 + piece.slopes.y - 2.0 * s;
  let a = piece.height * (s - d0) + rise * bend;
  let b = piece.height * d0 - rise * bend;
  let c = -s * rise;
  let root = sqrt(max(b * b - 4.0 * a * c, 0.0));
  return piece.x + piece.width * clamp(2.0 * c / (-b - root), 0.0, 1.0);
}

// Through the softmax: the gradients by the logits of widths or heights, from those by the sizes.
fn NAME_sizes(start: u32, index: u32, before: vec2<f32>, at: vec2<f32>) {
  let scale = 2.0 * BOUND * (1.0 - NAME_LEAST * f32(BINS));
  var mean = own[start + index] * at;
  for (var i = 0u; i < index; i++) { mean += own[start + i] * before; }
  for (var i = 0u; i < BINS; i++) {
    var by_size = vec2<f32>();
    if (i < index) { by_size = before; }
    if (i == index) { by_size = at; }
    by_theta[start + i] = scale * own[start + i] * (by_size - mean);
  }
}

fn NAME_derivatives(x: f32) -> vec2<f32> {
  for (var p = 0u; p < COUNT; p++) { by_theta[p] = vec2<f32>(); }
  let piece = NAME_piece(x, true);
  if (!piece.found) { return vec2<f32>(); }
  let xi = clamp((x - piece.x) / piece.width, 0.0, 1.0);
  let w = piece.width;
  let h = piece.height;
  let d0 = piece.slopes.x;
  let d1 = piece.slopes.y;
  let s = h / w;
  let rest = 1.0 - xi;
  let q = xi * rest;
  let bend_by = 1.0 - 2.0 * xi;
  let bend = d0 + d1 - 2.0 * s;
  // y = y_k + h R with R = N / D, and L = ln dy/dx = 2 ln s + ln A - 2 ln D, by (xi, s, d0, d1).
  let under = s + bend * q;
  let ratio = (s * xi * xi + d0 * q) / under;
  let over = d1 * xi * xi + 2.0 * s * q + d0 * rest * rest;
  let n = vec4<f32>(2.0 * s * xi + d0 * bend_by, xi * xi, q, 0.0);
  let d = vec4<f32>(bend * bend_by, 1.0 - 2.0 * q, q, q);
  let a = vec4<f32>(2.0 * d1 * xi + 2.0 * s * bend_by - 2.0 * d0 * rest, 2.0 * q, rest * rest, xi * xi);
  let r = (n - ratio * d) / under;
  var l = a / over - 2.0 * d / under;
  l.y += 2.0 / s;
  NAME_sizes(0u, piece.index, vec2<f32>(-h * r.x / w, -l.x / w),
    vec2<f32>(-h * (xi * r.x + s * r.y) / w, -(xi * l.x + s * l.y) / w));
  NAME_sizes(BINS, piece.index, vec2<f32>(1.0, 0.0), vec2<f32>(ratio + s * r.y, l.y / w));
  for (var end = 0u; end < 2u; end++) {
    let knot = piece.index + end;
    if (knot > 0u && knot < BINS) {
      let raw = own[2u * BINS + knot - 1u] + NAME_SLOPE_OFFSET;
      let through = 1.0 / (1.0 + exp(-raw));
      by_theta[2u * BINS + knot - 1u] = vec2<f32>(h * r[2u + end], l[2u + end]) * through;
    }
  }
  return vec2<f32>(2.0 * log(s) + log(over) - 2.0 * log(under), l.x / w);
}
