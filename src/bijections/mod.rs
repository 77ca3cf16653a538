//! Bijections with their log-determinants and gradients, in both directions.
//!
//! A layer of a flow is a [`Conditioned`] transform made of three parts: a [`Structure`] (who may read
//! whom), a [`Univariate`](univariate::Univariate) map (what is done to a variable), and which side
//! the conditioner [`Reads`]. Autoregressive and coupling layers are the same code with a different
//! structure. Between layers stand a [`Permutation`], a [`Scaling`], a [`BatchNorm`], a [`Linear`] map or nothing;
//! at the data end, [`Standardise`].
//!
//! A bijection is a file that says all that others need of it: [`Bijection`] and [`Spec`]. Here stands which there are.

pub mod batch_norm;
pub mod bijection;
pub mod conditioned;
#[cfg(feature = "gpu")]
mod conditioned_kernel;
#[cfg(feature = "gpu")]
mod conditioned_layout;
pub mod conditioned_spec;
#[cfg(feature = "gpu")]
pub mod kernel;
pub mod linear;
pub mod ode;
pub mod permutation;
pub mod scaling;
pub mod spec;
pub mod standardise;
pub mod structure;
pub mod summary;
pub mod univariate;

pub use batch_norm::BatchNorm;
pub use bijection::{Bijection, Conditioning, Direction, Scratch, Tape};
pub use conditioned::{Conditioned, Reads};
pub use conditioned_spec::ConditionedSpec;
#[cfg(feature = "gpu")]
pub use kernel::Kernel;
pub use linear::Linear;
pub use ode::OdeStep;
pub use permutation::Permutation;
pub use scaling::Scaling;
pub use spec::{Dependence, Spec};
pub use standardise::Standardise;
pub use structure::Structure;
pub use summary::Summary;
pub use univariate::{Affine, Shift};

use serde::{Serialize, Serializer};

use crate::math::Scalar;

/// The bijections that a flow can be composed of; each is asked through [`Spec`].
macro_rules! bijections {
    ($($(#[$doc:meta])* $name:ident($own:ty),)*) => {
        /// One bijection of a flow as data: the core builds its bijections from it, the GPU its kernels, a saved model its header.
        #[derive(Clone, Debug)]
        pub enum BijectionSpec {
            $($(#[$doc])* $name($own),)*
        }

        $(impl From<$own> for BijectionSpec {
            fn from(own: $own) -> Self {
                Self::$name(own)
            }
        })*

        impl BijectionSpec {
            /// The bijection itself.
            pub fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
                match self {
                    $(Self::$name(own) => own.build(),)*
                }
            }

            /// Writes [`Spec::describe`].
            pub fn describe<S: Serializer>(&self, at: usize, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$name(own) => own.describe(at).serialize(serializer),)*
                }
            }

            /// See [`Spec::dependence`].
            pub fn dependence(&self) -> Dependence<'_> {
                match self {
                    $(Self::$name(own) => own.dependence(),)*
                }
            }

            /// See [`Spec::kernel`].
            #[cfg(feature = "gpu")]
            pub fn kernel(&self) -> Result<Kernel, String> {
                match self {
                    $(Self::$name(own) => own.kernel(),)*
                }
            }
        }
    };
}

bijections! {
    /// A conditioned transform.
    Conditioned(ConditionedSpec),
    /// Batch normalisation.
    BatchNorm(BatchNorm),
    /// An invertible linear map.
    Linear(Linear),
    /// A step of a flow in continuous time.
    OdeStep(OdeStep),
    /// One scale, and perhaps shift, for each variable.
    Scaling(Scaling),
    /// The fixed map into the target's units.
    Standardise(Standardise),
}
