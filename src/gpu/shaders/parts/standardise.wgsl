// The fixed map x = mean + deviation u. See src/bijections/standardise.rs. The wiring holds means, then deviations.

fn NAME_mean(part: vec4<u32>, v: u32) -> f32 { return bitcast<f32>(wiring[part.w + v]); }
fn NAME_deviation(part: vec4<u32>, v: u32) -> f32 { return bitcast<f32>(wiring[part.w + D + v]); }

fn NAME_forward(part: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    scratch[S + POINT + job] = NAME_mean(part, v) + NAME_deviation(part, v) * scratch[S + POINT + job];
    scratch[S + LOG_DET + job] += vec4<f32>(log(NAME_deviation(part, v)));
  }
  meet();
}

fn NAME_inverse(part: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    let v = job / COLUMNS;
    scratch[S + POINT + job] = (scratch[S + POINT + job] - NAME_mean(part, v)) / NAME_deviation(part, v);
    scratch[S + LOG_DET + job] -= vec4<f32>(log(NAME_deviation(part, v)));
  }
  meet();
}

fn NAME_forward_back(part: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    scratch[S + GRAD + job] *= NAME_deviation(part, job / COLUMNS);
  }
  meet();
}

fn NAME_inverse_back(part: vec4<u32>) {
  for (var job = lane; job < D * COLUMNS; job += THREADS) {
    scratch[S + GRAD + job] /= NAME_deviation(part, job / COLUMNS);
  }
  meet();
}
