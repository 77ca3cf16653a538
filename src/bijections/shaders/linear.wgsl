// An invertible linear map, x = P L (U + diag(sign exp(s))) u. See src/bijections/linear.rs. The indices hold the permutation,
// then the signs (1 for a negative one); the tape v = (U + diag) u and u, D rows each.

fn NAME_lower(bijection: vec4<u32>, i: u32, j: u32) -> f32 {
  return number(bijection.y, i * (i - 1u) / 2u + j);
}

fn NAME_upper(bijection: vec4<u32>, i: u32, j: u32) -> f32 {
  return number(bijection.y, D * (D - 1u) / 2u + i * D - i * (i + 1u) / 2u + (j - i - 1u));
}

fn NAME_diagonal(bijection: vec4<u32>, i: u32) -> f32 {
  let size = exp(number(bijection.y, D * (D - 1u) + i));
  return select(size, -size, indices[bijection.w + D + i] == 1u);
}

fn NAME_log_det(bijection: vec4<u32>) -> f32 {
  var log_abs_det = 0.0;
  for (var i = 0u; i < D; i++) { log_abs_det += number(bijection.y, D * (D - 1u) + i); }
  return log_abs_det;
}

fn NAME_forward(bijection: vec4<u32>) {
  if (lane < COLUMNS) {
    let t = S + bijection.z + lane;
    var rows: array<vec4<f32>, D>;
    for (var i = 0u; i < D; i++) {
      rows[i] = scratch[S + POINT + i * COLUMNS + lane];
      scratch[t + (D + i) * COLUMNS] = rows[i];
    }
    for (var i = 0u; i < D; i++) {
      rows[i] *= NAME_diagonal(bijection, i);
      for (var j = i + 1u; j < D; j++) { rows[i] += NAME_upper(bijection, i, j) * rows[j]; }
      scratch[t + i * COLUMNS] = rows[i];
    }
    for (var k = 0u; k < D; k++) {
      let i = D - 1u - k;
      for (var j = 0u; j < i; j++) { rows[i] += NAME_lower(bijection, i, j) * rows[j]; }
      scratch[S + POINT + indices[bijection.w + i] * COLUMNS + lane] = rows[i];
    }
    scratch[S + LOG_DET + lane] += vec4<f32>(NAME_log_det(bijection));
  }
  barrier();
}

fn NAME_inverse(bijection: vec4<u32>) {
  if (lane < COLUMNS) {
    let t = S + bijection.z + lane;
    var rows: array<vec4<f32>, D>;
    for (var i = 0u; i < D; i++) { rows[i] = scratch[S + POINT + indices[bijection.w + i] * COLUMNS + lane]; }
    for (var i = 0u; i < D; i++) {
      for (var j = 0u; j < i; j++) { rows[i] -= NAME_lower(bijection, i, j) * rows[j]; }
      scratch[t + i * COLUMNS] = rows[i];
    }
    for (var k = 0u; k < D; k++) {
      let i = D - 1u - k;
      for (var j = i + 1u; j < D; j++) { rows[i] -= NAME_upper(bijection, i, j) * rows[j]; }
      rows[i] /= NAME_diagonal(bijection, i);
      scratch[t + (D + i) * COLUMNS] = rows[i];
      scratch[S + POINT + i * COLUMNS + lane] = rows[i];
    }
    scratch[S + LOG_DET + lane] -= vec4<f32>(NAME_log_det(bijection));
  }
  barrier();
}

// Gradients at v, then at w = L v, into the rows ABOVE; the gradient at the other end into GRAD.
fn NAME_forward_back(bijection: vec4<u32>) {
  if (lane < COLUMNS) {
    var g: array<vec4<f32>, D>;
    for (var i = 0u; i < D; i++) {
      g[i] = scratch[S + GRAD + indices[bijection.w + i] * COLUMNS + lane];
      scratch[S + ABOVE + (D + i) * COLUMNS + lane] = g[i];
    }
    for (var i = 0u; i < D; i++) {
      for (var j = i + 1u; j < D; j++) { g[i] += NAME_lower(bijection, j, i) * g[j]; }
      scratch[S + ABOVE + i * COLUMNS + lane] = g[i];
    }
    for (var k = 0u; k < D; k++) {
      let i = D - 1u - k;
      g[i] *= NAME_diagonal(bijection, i);
      for (var j = 0u; j < i; j++) { g[i] += NAME_upper(bijection, j, i) * g[j]; }
      scratch[S + GRAD + i * COLUMNS + lane] = g[i];
    }
  }
  NAME_learn(bijection, 1.0);
}

fn NAME_inverse_back(bijection: vec4<u32>) {
  if (lane < COLUMNS) {
    var g: array<vec4<f32>, D>;
    for (var i = 0u; i < D; i++) { g[i] = scratch[S + GRAD + i * COLUMNS + lane]; }
    for (var i = 0u; i < D; i++) {
      for (var j = 0u; j < i; j++) { g[i] -= NAME_upper(bijection, j, i) * g[j]; }
      g[i] /= NAME_diagonal(bijection, i);
      scratch[S + ABOVE + i * COLUMNS + lane] = g[i];
    }
    for (var k = 0u; k < D; k++) {
      let i = D - 1u - k;
      for (var j = i + 1u; j < D; j++) { g[i] -= NAME_lower(bijection, j, i) * g[j]; }
      scratch[S + ABOVE + (D + i) * COLUMNS + lane] = g[i];
    }
    for (var i = 0u; i < D; i++) { scratch[S + GRAD + indices[bijection.w + i] * COLUMNS + lane] = g[i]; }
  }
  NAME_learn(bijection, -1.0);
}

// The gradient by parameter k: L's entries row by row, U's, s.
fn NAME_gradient(bijection: vec4<u32>, k: u32, direction: f32) -> f32 {
  let v = S + bijection.z;
  let u = v + D * COLUMNS;
  let at_v = S + ABOVE;
  let at_w = at_v + D * COLUMNS;
  var place = 0u;
  for (var i = 0u; i < D; i++) {
    for (var j = 0u; j < i; j++) {
      if (place == k) { return direction * row_dot(at_w + i * COLUMNS, v + j * COLUMNS); }
      place += 1u;
    }
  }
  for (var i = 0u; i < D; i++) {
    for (var j = i + 1u; j < D; j++) {
      if (place == k) { return direction * row_dot(at_v + i * COLUMNS, u + j * COLUMNS); }
      place += 1u;
    }
  }
  let i = k - place;
  let along = row_dot(at_v + i * COLUMNS, u + i * COLUMNS) * NAME_diagonal(bijection, i);
  return direction * (along + row_total(S + GRAD_LOG_DET));
}

fn NAME_learn(bijection: vec4<u32>, direction: f32) {
  barrier();
  if (learn) {
    for (var q = lane; q < (D * D + 3u) / 4u; q += THREADS) {
      var value = vec4<f32>();
      for (var i = 0u; i < 4u; i++) {
        if (4u * q + i < D * D) { value[i] = NAME_gradient(bijection, 4u * q + i, direction); }
      }
      add_gradient(bijection.y + q, value);
    }
  }
  barrier();
}
