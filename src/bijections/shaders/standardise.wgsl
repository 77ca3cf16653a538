// The fixed map x = mean + deviation u. See src/bijections/standardise.rs. The indices hold means, then deviations.

fn NAME_mean(bijection: vec4<u32>, v: u32) -> f32 { return bitcast<f32>(indices[bijection.w + v]); }
fn NAME_deviation(bijection: vec4<u32>, v: u32) -> f32 { return bitcast<f32>(indices[bijection.w + D + v]); }

fn NAME_forward(bijection: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    scratch[S + POINT + job] = NAME_mean(bijection, v) + NAME_deviation(bijection, v) * scratch[S + POINT + job];
    scratch[S + LOG_DET + job] += vec4<f32>(log(NAME_deviation(bijection, v)));
  }
  barrier();
}

fn NAME_inverse(bijection: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    scratch[S + POINT + job] = (scratch[S + POINT + job] - NAME_mean(bijection, v)) / NAME_deviation(bijection, v);
    scratch[S + LOG_DET + job] -= vec4<f32>(log(NAME_deviation(bijection, v)));
  }
  barrier();
}

fn NAME_forward_back(bijection: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    scratch[S + GRAD + job] *= NAME_deviation(bijection, job / COLUMNS);
  }
  barrier();
}

fn NAME_inverse_back(bijection: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    scratch[S + GRAD + job] /= NAME_deviation(bijection, job / COLUMNS);
  }
  barrier();
}
