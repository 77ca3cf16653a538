// A conditioned transform, as src/bijections/conditioned.rs: READ variables are read by the conditioner, MOVED are moved. A bijection's
// four numbers: which functions, its first parameter, its tape, its indices (who is read, who is moved, the ranks of those).

// The conditioner's parameters of all moved variables, from what it reads.
fn NAME_network(bijection: vec4<u32>) {
  let t = S + bijection.z;
  for (var job = lane; job < READ_ROWS * COLUMNS; job += THREADS) {
    let i = job / COLUMNS;
    var value = vec4<f32>();
    if (i < READ) { value = scratch[S + POINT + indices[bijection.w + i] * COLUMNS + job % COLUMNS]; }
    scratch[t + READ_ROW * COLUMNS + job] = value;
  }
  barrier();
  PRODUCTS
}

// The gradient by what was read, and by the weights, from that by the parameters (ABOVE).
fn NAME_network_back(bijection: vec4<u32>) {
  let t = S + bijection.z;
  PRODUCTS_BACK
  for (var job = lane; job < READ * COLUMNS; job += THREADS) {
    scratch[S + GRAD + indices[bijection.w + job / COLUMNS] * COLUMNS + job % COLUMNS] += scratch[S + END + job];
  }
  barrier();
}
