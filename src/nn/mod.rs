//! Networks and their optimiser: masks, the masked multilayer perceptron, Adam.

pub mod activation;
pub mod adam;
pub mod masks;
pub mod mlp;

pub use activation::Activation;
pub use adam::Adam;
pub use masks::Masks;
pub use mlp::Mlp;
