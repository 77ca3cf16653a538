// One scale s, and where SHIFTED a shift b, for each variable: x = u exp(s) + b. See src/bijections/scaling.rs. The tape holds
// the input, D rows.

fn NAME_shift(bijection: vec4<u32>, v: u32) -> f32 {
  if (SHIFTED) { return number(bijection.y, D + v); }
  return 0.0;
}

fn NAME_forward(bijection: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    let s = number(bijection.y, v);
    let u = scratch[S + POINT + job];
    scratch[S + bijection.z + job] = u;
    scratch[S + POINT + job] = u * exp(s) + NAME_shift(bijection, v);
    scratch[S + LOG_DET + job] += vec4<f32>(s);
  }
  barrier();
}

fn NAME_inverse(bijection: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    let s = number(bijection.y, v);
    let x = scratch[S + POINT + job];
    scratch[S + bijection.z + job] = x;
    scratch[S + POINT + job] = (x - NAME_shift(bijection, v)) * exp(-s);
    scratch[S + LOG_DET + job] -= vec4<f32>(s);
  }
  barrier();
}

// The gradient by parameter k.
fn NAME_gradient(bijection: vec4<u32>, k: u32, inverse: bool) -> f32 {
  let v = k % D;
  let g = S + GRAD + v * COLUMNS;
  let s = number(bijection.y, v);
  if (k >= D) { return select(row_total(g), -row_total(g) * exp(-s), inverse); }
  let by_log_det = row_total(S + GRAD_LOG_DET);
  let along = row_dot(g, S + bijection.z + v * COLUMNS);
  if (inverse) { return -(along - NAME_shift(bijection, v) * row_total(g)) * exp(-s) - by_log_det; }
  return along * exp(s) + by_log_det;
}

fn NAME_back(bijection: vec4<u32>, inverse: bool) {
  if (learn) {
    for (var q = lane; q < (COUNT + 3u) / 4u; q += THREADS) {
      var value = vec4<f32>();
      for (var i = 0u; i < 4u; i++) {
        if (4u * q + i < COUNT) { value[i] = NAME_gradient(bijection, 4u * q + i, inverse); }
      }
      add_gradient(bijection.y + q, value);
    }
  }
  barrier();
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let s = number(bijection.y, job / COLUMNS);
    scratch[S + GRAD + job] *= exp(select(s, -s, inverse));
  }
  barrier();
}

fn NAME_forward_back(bijection: vec4<u32>) { NAME_back(bijection, false); }
fn NAME_inverse_back(bijection: vec4<u32>) { NAME_back(bijection, true); }
