// Rank by rank, as src/bijections/conditioned.rs has it: what is read has to be made first.

fn NAME_DIRECTION(bijection: vec4<u32>) {
  for (var stage = 0u; stage < D; stage++) {
    NAME_network(bijection);
    NAME_move_DIRECTION(bijection, false, stage);
  }
}

fn NAME_DIRECTION_back(bijection: vec4<u32>) {
  let was = first_tile;
  for (var k = 0u; k < D; k++) {
    NAME_pull_DIRECTION(bijection, false, D - 1u - k);
    NAME_network_back(bijection);
    first_tile = false;
  }
  first_tile = was;
}
