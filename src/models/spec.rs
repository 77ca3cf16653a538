//! A flow as data: what a family's row of the catalogue says, before anything is built. The core builds its bijections from
//! this list, the GPU its kernels.

use crate::bijections::univariate::{
    Additive, GaussianMixture, Gaussianise, Inverted, Laplace, Spline, StudentT, Univariate,
};
use crate::bijections::{
    Affine, BatchNorm, Bijection, Conditioned, Linear, Reads, Scaling, Standardise, Structure,
};
use crate::math::Scalar;
use crate::nn::Activation;
#[cfg(feature = "gpu")]
use crate::wgsl::{Fragment, whole};

/// One bijection of a flow.
#[derive(Clone, Debug)]
pub enum BijectionSpec {
    /// A conditioned transform.
    Conditioned(ConditionedSpec),
    /// Batch normalisation of that many variables.
    BatchNorm(usize),
    /// An invertible linear map.
    Linear(Linear),
    /// One scale, and perhaps shift, for each variable.
    Scaling(Scaling),
    /// The fixed map into the target's units.
    Standardise(Standardise),
}

/// What a [`Conditioned`] is made of.
#[derive(Clone, Debug)]
pub struct ConditionedSpec {
    /// Who may read whom.
    pub structure: Structure,
    /// What is done to each transformed variable; a single one serves all.
    pub maps: Vec<UnivariateSpec>,
    /// Which side the conditioner reads.
    pub reads: Reads,
    /// Units of the conditioner's hidden layers.
    pub hidden: Vec<usize>,
    /// Between its linear layers.
    pub activation: Activation,
    /// True for NADE's network, which has one hidden layer.
    pub shared_weights: bool,
}

/// What is done to a variable.
#[derive(Clone, Copy, Debug)]
pub enum UnivariateSpec {
    /// A shift.
    Additive,
    /// Shift and scale.
    Affine(Affine),
    /// A rational-quadratic spline.
    Spline(Spline),
    /// The distribution function of a mixture of Gaussians.
    Mixture(GaussianMixture),
    /// Of a Laplace density.
    Laplace,
    /// Of a Student-t density.
    StudentT,
}

impl UnivariateSpec {
    /// The map itself.
    pub fn build<T: Scalar>(self) -> Box<dyn Univariate<T>> {
        match self {
            Self::Additive => Box::new(Additive),
            Self::Affine(affine) => Box::new(affine),
            Self::Spline(spline) => Box::new(Inverted(spline)),
            Self::Mixture(mixture) => Box::new(Inverted(Gaussianise(mixture))),
            Self::Laplace => Box::new(Inverted(Gaussianise(Laplace))),
            Self::StudentT => Box::new(Inverted(Gaussianise(StudentT))),
        }
    }
}

#[cfg(feature = "gpu")]
impl UnivariateSpec {
    /// The map's functions for the GPU, in two directions and with their gradients. An error is the end of “The GPU is not used: …”.
    pub fn wgsl(self) -> Result<Fragment, String> {
        let inverted = |fragment: Fragment| {
            // Easier from data to base: one file makes the other direction of it.
            let mut fragment = fragment.with("COUNT", whole(self.build::<f32>().parameters()));
            fragment.files.push(include_str!("../bijections/univariate/shaders/inverted.wgsl"));
            fragment
        };
        Ok(match self {
            Self::Additive => Additive.wgsl(),
            Self::Affine(affine) => affine.wgsl(),
            Self::Spline(spline) => inverted(spline.wgsl()),
            Self::Mixture(mixture) => inverted(mixture.wgsl()),
            Self::Laplace => inverted(Laplace.wgsl()),
            Self::StudentT => return Err("a Student-t conditional needs double precision".into()),
        })
    }
}

impl ConditionedSpec {
    /// The transform itself.
    pub fn build<T: Scalar>(&self) -> Conditioned<T> {
        let maps = self.maps.iter().map(|map| map.build()).collect();
        if self.shared_weights {
            Conditioned::nade(&self.structure, maps, self.hidden[0], self.activation)
        } else {
            Conditioned::new(self.structure.clone(), maps, self.reads, &self.hidden, self.activation)
        }
    }
}

impl BijectionSpec {
    /// The bijection itself.
    pub fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        match self {
            Self::Conditioned(layer) => Box::new(layer.build::<T>()),
            Self::BatchNorm(dim) => Box::new(BatchNorm::new(*dim)),
            Self::Linear(linear) => Box::new(linear.clone()),
            Self::Scaling(scaling) => Box::new(scaling.clone()),
            Self::Standardise(standardise) => Box::new(standardise.clone()),
        }
    }
}
