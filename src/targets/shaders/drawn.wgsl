// A draw from a drawing of SIDE x SIDE cells: a cell by the inverse of the cumulative intensity, which the table holds, then a
// uniform point within it. See src/targets/drawn.rs.

fn intensity_up_to(cell: u32) -> u32 { return u32(table[cell / 4u][cell % 4u]); }

fn target_draw(random: ptr<function, Philox>) -> vec2<f32> {
  let level = below(random, intensity_up_to(SIDE * SIDE - 1u));
  var low = 0u;
  var high = SIDE * SIDE - 1u;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (intensity_up_to(middle) <= level) { low = middle + 1u; } else { high = middle; }
  }
  let corner = vec2<f32>(f32(low % SIDE), f32(low / SIDE));
  let first = uniform_draw(random);
  return LEAST + CELL * (corner + vec2<f32>(first, uniform_draw(random)));
}
