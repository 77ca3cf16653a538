// What is read is there already: one pass of the network.

fn NAME_DIRECTION(bijection: vec4<u32>) {
  NAME_network(bijection);
  NAME_move_DIRECTION(bijection, true, 0u);
}

fn NAME_DIRECTION_back(bijection: vec4<u32>) {
  NAME_pull_DIRECTION(bijection, true, 0u);
  NAME_network_back(bijection);
}
