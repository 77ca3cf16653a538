// One scale s, and where SHIFTED a shift b, for each variable: x = u exp(s) + b. See src/bijections/scaling.rs. The tape holds
// the input, D rows.

fn NAME_shift(part: vec4<u32>, v: u32) -> f32 {
  if (SHIFTED) { return number(part.y, D + v); }
  return 0.0;
}

fn NAME_forward(part: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    let s = number(part.y, v);
    let u = scratch[S + POINT + job];
    scratch[S + part.z + job] = u;
    scratch[S + POINT + job] = u * exp(s) + NAME_shift(part, v);
    scratch[S + LOG_DET + job] += vec4<f32>(s);
  }
  meet();
}

fn NAME_inverse(part: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    let s = number(part.y, v);
    let x = scratch[S + POINT + job];
    scratch[S + part.z + job] = x;
    scratch[S + POINT + job] = (x - NAME_shift(part, v)) * exp(-s);
    scratch[S + LOG_DET + job] -= vec4<f32>(s);
  }
  meet();
}

// The gradient by parameter k.
fn NAME_gradient(part: vec4<u32>, k: u32, inverse: bool) -> f32 {
  let v = k % D;
  let g = S + GRAD + v * COLUMNS;
  let s = number(part.y, v);
  if (k >= D) { return select(row_total(g), -row_total(g) * exp(-s), inverse); }
  let by_log_det = row_total(S + VOLUME);
  let along = row_dot(g, S + part.z + v * COLUMNS);
  if (inverse) { return -(along - NAME_shift(part, v) * row_total(g)) * exp(-s) - by_log_det; }
  return along * exp(s) + by_log_det;
}

fn NAME_back(part: vec4<u32>, inverse: bool) {
  if (learn) {
    for (var q = lane; q < (COUNT + 3u) / 4u; q += THREADS) {
      var value = vec4<f32>();
      for (var i = 0u; i < 4u; i++) {
        if (4u * q + i < COUNT) { value[i] = NAME_gradient(part, 4u * q + i, inverse); }
      }
      add_gradient(part.y + q, value);
    }
  }
  meet();
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let s = number(part.y, job / COLUMNS);
    scratch[S + GRAD + job] *= exp(select(s, -s, inverse));
  }
  meet();
}

fn NAME_forward_back(part: vec4<u32>) { NAME_back(part, false); }
fn NAME_inverse_back(part: vec4<u32>) { NAME_back(part, true); }
