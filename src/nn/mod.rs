//! Networks and their optimiser: masks, the masked multilayer perceptron, NADE's network, Adam.

pub mod activation;
pub mod adam;
pub mod conditioner;
pub mod masks;
pub mod mlp;
pub mod nade;
pub mod tangents;

pub use activation::Activation;
pub use adam::Adam;
pub use conditioner::Conditioner;
pub use masks::Masks;
pub use mlp::Mlp;
pub use nade::Nade;
