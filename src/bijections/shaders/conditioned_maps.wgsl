// The maps of a conditioned transform in one DIRECTION: of all moved variables, or of those whose rank is `stage`.

fn NAME_move_DIRECTION(bijection: vec4<u32>, all: bool, stage: u32) {
  let t = S + bijection.z;
  for (var job = lane; job < MOVED * COLUMNS; job += THREADS) {
    let j = job / COLUMNS;
    let column = job % COLUMNS;
    if (!all && indices[bijection.w + READ + MOVED + j] != stage) { continue; }
    let row = indices[bijection.w + READ + j] * COLUMNS + column;
    let place = S + POINT + row;
    let input = t + INPUT_ROW * COLUMNS + job;
    scratch[input] = scratch[place];
    var moved: Moved;
    MOVE_EACH
    scratch[place] = moved.value;
    scratch[S + LOG_DET + row] += moved.log_det;
  }
  barrier();
}

fn NAME_pull_DIRECTION(bijection: vec4<u32>, all: bool, stage: u32) {
  let t = S + bijection.z;
  for (var job = lane; job < THETA_ROWS * COLUMNS; job += THREADS) { scratch[S + ABOVE + job] = vec4<f32>(); }
  barrier();
  for (var job = lane; job < MOVED * COLUMNS; job += THREADS) {
    let j = job / COLUMNS;
    let column = job % COLUMNS;
    if (!all && indices[bijection.w + READ + MOVED + j] != stage) { continue; }
    let place = S + GRAD + indices[bijection.w + READ + j] * COLUMNS + column;
    let input = t + INPUT_ROW * COLUMNS + job;
    var g: vec4<f32>;
    PULL_EACH
    scratch[place] = g;
  }
  barrier();
}
