// The three products of a linear layer, for one tile of points. Rows of `scratch` hold one unit's values at all points of a
// tile, COLUMNS vectors of four points; rows of `parameters` hold one output's weights, `in4` vectors of four inputs. Every
// thread computes blocks of 4 x 4 numbers: eight loads of a vector for 64 multiplications and additions.
//
// The plain version of each is in src/math/matrix.rs, and their test.

const LINEAR = 0u;
const RELU = 1u;
const TANH = 2u;

fn activate(x: vec4<f32>, activation: u32) -> vec4<f32> {
  if (activation == RELU) { return max(x, vec4<f32>()); }
  if (activation == TANH) { return hyperbolic_tangent(x); }
  return x;
}

// The gradient by what went into an activation, from that by what came out, `y`.
fn gate(gradient: vec4<f32>, y: vec4<f32>, activation: u32) -> vec4<f32> {
  if (activation == RELU) { return select(vec4<f32>(), gradient, y > vec4<f32>()); }
  if (activation == TANH) { return gradient * (1.0 - y * y); }
  return gradient;
}

// into (4 out4 rows) = activation(weight from (4 in4 rows) + bias).
fn affine_product(weight: u32, bias: u32, in4: u32, out4: u32, from_rows: u32, into: u32, activation: u32) {
  for (var job = lane; job < out4 * COLUMNS; job += THREADS) {
    let column = job % COLUMNS;
    let block = job / COLUMNS;
    let start = parameters[P + bias + block];
    var a0 = vec4<f32>(start.x);
    var a1 = vec4<f32>(start.y);
    var a2 = vec4<f32>(start.z);
    var a3 = vec4<f32>(start.w);
    var w = P + weight + 4u * block * in4;
    var x = from_rows + column;
    for (var k = 0u; k < in4; k++) {
      let x0 = scratch[x];
      let x1 = scratch[x + COLUMNS];
      let x2 = scratch[x + 2u * COLUMNS];
      let x3 = scratch[x + 3u * COLUMNS];
      let w0 = parameters[w];
      let w1 = parameters[w + in4];
      let w2 = parameters[w + 2u * in4];
      let w3 = parameters[w + 3u * in4];
      a0 += w0.x * x0 + w0.y * x1 + w0.z * x2 + w0.w * x3;
      a1 += w1.x * x0 + w1.y * x1 + w1.z * x2 + w1.w * x3;
      a2 += w2.x * x0 + w2.y * x1 + w2.z * x2 + w2.w * x3;
      a3 += w3.x * x0 + w3.y * x1 + w3.z * x2 + w3.w * x3;
      w += 1u;
      x += 4u * COLUMNS;
    }
    let to = into + 4u * block * COLUMNS + column;
    scratch[to] = activate(a0, activation);
    scratch[to + COLUMNS] = activate(a1, activation);
    scratch[to + 2u * COLUMNS] = activate(a2, activation);
    scratch[to + 3u * COLUMNS] = activate(a3, activation);
  }
}

// into (4 in4 rows) = weight' above (4 out4 rows), times the derivative of the activation whose outputs are `outputs`.
fn input_gradient(weight: u32, in4: u32, out4: u32, above: u32, into: u32, outputs: u32, activation: u32) {
  for (var job = lane; job < in4 * COLUMNS; job += THREADS) {
    let column = job % COLUMNS;
    let block = job / COLUMNS;
    var b0 = vec4<f32>();
    var b1 = vec4<f32>();
    var b2 = vec4<f32>();
    var b3 = vec4<f32>();
    var w = P + weight + block;
    var a = above + column;
    for (var o = 0u; o < 4u * out4; o++) {
      let from_above = scratch[a];
      let row = parameters[w];
      b0 += row.x * from_above;
      b1 += row.y * from_above;
      b2 += row.z * from_above;
      b3 += row.w * from_above;
      w += in4;
      a += COLUMNS;
    }
    let place = 4u * block * COLUMNS + column;
    if (activation != LINEAR) {
      let y = outputs + place;
      b0 = gate(b0, scratch[y], activation);
      b1 = gate(b1, scratch[y + COLUMNS], activation);
      b2 = gate(b2, scratch[y + 2u * COLUMNS], activation);
      b3 = gate(b3, scratch[y + 3u * COLUMNS], activation);
    }
    let to = into + place;
    scratch[to] = b0;
    scratch[to + COLUMNS] = b1;
    scratch[to + 2u * COLUMNS] = b2;
    scratch[to + 3u * COLUMNS] = b3;
  }
}

// Writes what a tile adds to the gradient: the first of a slot's tiles sets it.
fn add_gradient(place: u32, value: vec4<f32>) {
  if (first_tile) {
    results[G + place] = value;
  } else {
    results[G + place] += value;
  }
}

// Gradients by the weight (4 out4 rows of in4 vectors) and the bias (out4 vectors): above times read', summed over the tile.
fn weight_gradient(weight: u32, bias: u32, in4: u32, out4: u32, above: u32, read: u32) {
  for (var job = lane; job < out4 * in4; job += THREADS) {
    let block = job / in4;
    let k = job % in4;
    var d0 = vec4<f32>();
    var d1 = vec4<f32>();
    var d2 = vec4<f32>();
    var d3 = vec4<f32>();
    var a = above + 4u * block * COLUMNS;
    var x = read + 4u * k * COLUMNS;
    for (var c = 0u; c < COLUMNS; c++) {
      let a0 = scratch[a];
      let a1 = scratch[a + COLUMNS];
      let a2 = scratch[a + 2u * COLUMNS];
      let a3 = scratch[a + 3u * COLUMNS];
      let x0 = scratch[x];
      let x1 = scratch[x + COLUMNS];
      let x2 = scratch[x + 2u * COLUMNS];
      let x3 = scratch[x + 3u * COLUMNS];
      d0 += vec4<f32>(dot(a0, x0), dot(a0, x1), dot(a0, x2), dot(a0, x3));
      d1 += vec4<f32>(dot(a1, x0), dot(a1, x1), dot(a1, x2), dot(a1, x3));
      d2 += vec4<f32>(dot(a2, x0), dot(a2, x1), dot(a2, x2), dot(a2, x3));
      d3 += vec4<f32>(dot(a3, x0), dot(a3, x1), dot(a3, x2), dot(a3, x3));
      a += 1u;
      x += 1u;
    }
    let to = weight + 4u * block * in4 + k;
    add_gradient(to, d0);
    add_gradient(to + in4, d1);
    add_gradient(to + 2u * in4, d2);
    add_gradient(to + 3u * in4, d3);
  }
  for (var block = lane; block < out4; block += THREADS) {
    add_gradient(bias + block, vec4<f32>(
      row_total(above + 4u * block * COLUMNS),
      row_total(above + (4u * block + 1u) * COLUMNS),
      row_total(above + (4u * block + 2u) * COLUMNS),
      row_total(above + (4u * block + 3u) * COLUMNS),
    ));
  }
}

fn row_total(row: u32) -> f32 {
  var sum = vec4<f32>();
  for (var c = 0u; c < COLUMNS; c++) { sum += scratch[row + c]; }
  return dot(sum, vec4<f32>(1.0));
}

fn row_dot(a: u32, b: u32) -> f32 {
  var sum = vec4<f32>();
  for (var c = 0u; c < COLUMNS; c++) { sum += scratch[a + c] * scratch[b + c]; }
  return dot(sum, vec4<f32>(1.0));
}
