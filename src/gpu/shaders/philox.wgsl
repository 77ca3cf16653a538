// Counter-based random numbers: Philox 4x32-10, bit for bit those of src/math/random.rs. A generator is a function of
// (seed, stream, step, row), so that a batch is the same here and on the processor.

struct Philox {
  key: vec2<u32>,
  counter: vec4<u32>,
  block: vec4<u32>,
  used: u32,
  has_spare: bool,
  spare: f32,
}

// The upper half of a 64-bit product, from four products of 16 bits.
fn multiply_high(a: u32, b: u32) -> u32 {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let left = (a >> 16u) * (b & 0xffffu) + (low >> 16u);
  let right = (a & 0xffffu) * (b >> 16u) + (left & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (left >> 16u) + (right >> 16u);
}

fn philox4x32(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
  var c = counter;
  var k = key;
  for (var round = 0u; round < 10u; round++) {
    let left = multiply_high(0xD2511F53u, c.x);
    let right = multiply_high(0xCD9E8D57u, c.z);
    c = vec4<u32>(right ^ c.y ^ k.x, 0xCD9E8D57u * c.z, left ^ c.w ^ k.y, 0xD2511F53u * c.x);
    k += vec2<u32>(0x9E3779B9u, 0xBB67AE85u);
  }
  return c;
}

fn philox(seed: u32, stream: u32, step: u32, row: u32) -> Philox {
  return Philox(vec2<u32>(seed, stream), vec4<u32>(0u, row, step, 0u), vec4<u32>(), 4u, false, 0.0);
}

fn bits(random: ptr<function, Philox>) -> u32 {
  if ((*random).used == 4u) {
    (*random).block = philox4x32((*random).counter, (*random).key);
    (*random).counter.x += 1u;
    (*random).used = 0u;
  }
  let block = (*random).block;
  let which = (*random).used;
  (*random).used = which + 1u;
  return block[which];
}

// In (0, 1): one of 2^23 midpoints, exact.
fn uniform_draw(random: ptr<function, Philox>) -> f32 {
  return (f32(bits(random) >> 9u) + 0.5) / 8388608.0;
}

fn below(random: ptr<function, Philox>, bound: u32) -> u32 {
  return multiply_high(bits(random), bound);
}

// A standard normal draw, by Box and Muller's transform.
fn normal_draw(random: ptr<function, Philox>) -> f32 {
  if ((*random).has_spare) {
    (*random).has_spare = false;
    return (*random).spare;
  }
  let radius = sqrt(-2.0 * log_of_uniform(uniform_draw(random)));
  let around = turn(uniform_draw(random));
  (*random).spare = radius * around.y;
  (*random).has_spare = true;
  return radius * around.x;
}
