//! The table of families: each is a composition of the same parts. A new family is a new row.

use serde::{Deserialize, Serialize};

use crate::bijections::Reads;
use crate::nn::Activation;

/// A family of the literature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Neural autoregressive distribution estimator: one conditional at a time, with shared weights.
    Nade,
    /// Masked autoencoder for distribution estimation: all conditionals in one pass.
    Made,
    /// Masked autoregressive flow.
    Maf,
    /// Inverse autoregressive flow.
    Iaf,
    /// Non-linear independent components estimation.
    Nice,
    /// Real-valued non-volume-preserving flow.
    #[serde(rename = "realnvp")]
    RealNvp,
    /// Glow, without its images: activation norm, invertible linear map, affine coupling.
    Glow,
    /// Neural spline flow, autoregressive.
    Spline,
    /// Neural spline flow, coupling.
    SplineCoupling,
    /// Continuous normalizing flow, trained by its likelihood.
    Cnf,
    /// A flow in continuous time, trained by regression on velocities.
    FlowMatching,
    /// The same along the path of a diffusion, trained by regression on noise.
    Diffusion,
    /// Variational autoencoder.
    Vae,
    /// Generative adversarial network.
    Gan,
}

/// What kind of model a family is: under this heading the page has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Each variable is generated given those before it.
    Autoregressive,
    /// Layers in which one half moves the other.
    Coupling,
    /// A differential equation from base to data.
    Continuous,
    /// Latent variables that are summed out.
    Latent,
    /// A generator against a discriminator.
    Adversarial,
}

/// What a family can say of log p(x).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Reports {
    /// It itself.
    Density,
    /// It itself, up to the error of a solver's steps.
    SolvedDensity,
    /// A lower bound.
    Bound,
    /// Nothing.
    Nothing,
}

/// How the ordering changes from layer to layer. For coupling layers the ordering's first half
/// passes through, so that the same rule says which half that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum OrderingPolicy {
    /// Every layer has the model's ordering.
    Same,
    /// Every second layer has it reversed; the layer next to the data has it as given.
    #[default]
    Alternate,
    /// Every layer of several has an ordering of its own: the model's, shuffled from the seed. A single layer has it as given.
    Random,
}

/// Who may read whom in a family's layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum StructureKind {
    /// Each variable reads all before it.
    Autoregressive,
    /// One half reads the other.
    Coupling,
}

/// What is done to a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum UnivariateKind {
    /// What the model's conditionals ask for: shift and scale for Gaussians, else a map by distribution functions.
    Conditional,
    /// Shift.
    Additive,
    /// Shift and scale.
    Affine,
    /// Rational-quadratic spline.
    Spline,
}

/// What stands between two layers, and at the data's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// Nothing; batch normalisation where the model asks for it.
    Optional,
    /// A diagonal scaling, once, at the data's end.
    FinalScaling,
    /// Before each layer, seen from the data: activation norm, then an invertible linear map.
    NormAndLinear,
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct FamilyRow {
    /// The family.
    pub family: Family,
    /// The name people write, `RealNVP`.
    pub title: &'static str,
    /// The name written out.
    pub long_title: &'static str,
    /// One plain sentence about it.
    pub summary: &'static str,
    /// Authors, title, year.
    pub reference: &'static str,
    /// What kind of model it is.
    pub group: Group,
    /// What it can say of log p(x).
    pub reports: Reports,
    /// Who may read whom; `None` where it is no composition of conditioned layers.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "StructureKind | null"))]
    pub structure: Option<StructureKind>,
    /// What is done to a variable; `None` likewise.
    #[serde(rename = "elementwise")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "UnivariateKind | null"))]
    pub univariate: Option<UnivariateKind>,
    /// Which side the conditioner reads unless the model says otherwise (for coupling the same either way).
    pub reads: Reads,
    /// What stands between the layers.
    pub between: Between,
    /// True for NADE's shared weights.
    pub shared_weights: bool,
    /// False where the family is one layer by definition.
    pub stacks: bool,
    /// Layers where an Experiment does not say; in continuous time these are the solver's steps.
    pub default_layers: usize,
    /// Between the linear layers of its networks, where an Experiment does not say.
    pub default_activation: Activation,
}

/// All families, in the order in which the page shows them.
pub const CATALOGUE: &[FamilyRow] = &[
    FamilyRow {
        family: Family::Nade,
        title: "NADE",
        long_title: "Neural autoregressive distribution estimator",
        summary: "One conditional after the other from shared weights and a running sum: a pass for each variable, both for density and for samples.",
        reference: "Larochelle, Murray: The neural autoregressive distribution estimator, 2011",
        univariate: Some(UnivariateKind::Conditional),
        shared_weights: true,
        stacks: false,
        default_layers: 1,
        ..MAF
    },
    FamilyRow {
        family: Family::Made,
        title: "MADE",
        long_title: "Masked autoencoder for distribution estimation",
        summary: "One masked network gives the conditional of each variable, given those before it, all in one pass.",
        reference: "Germain, Gregor, Murray, Larochelle: MADE: Masked autoencoder for distribution estimation, 2015",
        univariate: Some(UnivariateKind::Conditional),
        stacks: false,
        default_layers: 1,
        ..MAF
    },
    MAF,
    FamilyRow {
        family: Family::Iaf,
        title: "IAF",
        long_title: "Inverse autoregressive flow",
        summary: "MAF's mirror image: samples in one pass a layer, density in one pass a variable and layer.",
        reference: "Kingma, Salimans, Jozefowicz, Chen, Sutskever, Welling: Improved variational inference with inverse autoregressive flow, 2016",
        reads: Reads::Base,
        ..MAF
    },
    FamilyRow {
        family: Family::Nice,
        title: "NICE",
        long_title: "Non-linear independent components estimation",
        summary: "Coupling layers that only shift: areas stay as they are until one diagonal scaling at the end.",
        reference: "Dinh, Krueger, Bengio: NICE: Non-linear independent components estimation, 2015",
        univariate: Some(UnivariateKind::Additive),
        between: Between::FinalScaling,
        ..REALNVP
    },
    REALNVP,
    FamilyRow {
        family: Family::Glow,
        title: "Glow",
        long_title: "Glow: activation norm, invertible linear map, affine coupling",
        summary: "RealNVP with a learned linear mix of the variables between its coupling layers.",
        reference: "Kingma, Dhariwal: Glow: Generative flow with invertible 1x1 convolutions, 2018",
        between: Between::NormAndLinear,
        ..REALNVP
    },
    FamilyRow {
        family: Family::Spline,
        title: "Spline",
        long_title: "Neural spline flow, autoregressive",
        summary: "MAF with a bendable monotone curve in place of shift and scale: conditionals of many humps.",
        reference: "Durkan, Bekasov, Murray, Papamakarios: Neural spline flows, 2019",
        univariate: Some(UnivariateKind::Spline),
        ..MAF
    },
    FamilyRow {
        family: Family::SplineCoupling,
        title: "Spline coupling",
        long_title: "Neural spline flow, coupling",
        summary: "RealNVP with a bendable monotone curve in place of shift and scale: one pass both ways.",
        reference: "Durkan, Bekasov, Murray, Papamakarios: Neural spline flows, 2019",
        univariate: Some(UnivariateKind::Spline),
        default_layers: 6,
        ..REALNVP
    },
    FamilyRow {
        family: Family::Cnf,
        title: "CNF",
        long_title: "Continuous normalizing flow",
        summary: "A differential equation from base to data, trained by its likelihood: every step of training solves it there and back.",
        reference: "Chen, Rubanova, Bettencourt, Duvenaud: Neural ordinary differential equations, 2018",
        default_layers: 4,
        ..FLOW_MATCHING
    },
    FLOW_MATCHING,
    FamilyRow {
        family: Family::Diffusion,
        title: "Diffusion",
        long_title: "Denoising diffusion",
        summary: "Learns to take noise off the data, at every level of noise, and makes samples from noise alone in many small steps.",
        reference: "Ho, Jain, Abbeel: Denoising diffusion probabilistic models, 2020",
        default_layers: 8,
        ..FLOW_MATCHING
    },
    FamilyRow {
        family: Family::Vae,
        title: "VAE",
        long_title: "Variational autoencoder",
        summary: "Few latent variables, decoded into a Gaussian each time: its density is an integral that it only knows a bound of.",
        reference: "Kingma, Welling: Auto-encoding variational Bayes, 2014",
        stacks: false,
        default_layers: 1,
        group: Group::Latent,
        reports: Reports::Bound,
        ..FLOW_MATCHING
    },
    FamilyRow {
        family: Family::Gan,
        title: "GAN",
        long_title: "Generative adversarial network",
        summary: "A generator learns to make what a discriminator can't tell from data: samples in one pass, and no density at all.",
        reference: "Goodfellow et al.: Generative adversarial nets, 2014",
        stacks: false,
        default_layers: 1,
        default_activation: Activation::Relu,
        group: Group::Adversarial,
        reports: Reports::Nothing,
        ..FLOW_MATCHING
    },
];

/// The families that are compositions of conditioned layers.
pub fn compositions() -> impl Iterator<Item = &'static FamilyRow> {
    CATALOGUE.iter().filter(|row| row.structure.is_some())
}

const MAF: FamilyRow = FamilyRow {
    family: Family::Maf,
    title: "MAF",
    long_title: "Masked autoregressive flow",
    summary: "A stack of MADEs: density in one pass a layer, samples in one pass a variable and layer.",
    reference: "Papamakarios, Pavlakou, Murray: Masked autoregressive flow for density estimation, 2017",
    structure: Some(StructureKind::Autoregressive),
    univariate: Some(UnivariateKind::Affine),
    reads: Reads::Data,
    between: Between::Optional,
    shared_weights: false,
    stacks: true,
    default_layers: 5,
    default_activation: Activation::Relu,
    group: Group::Autoregressive,
    reports: Reports::Density,
};

const REALNVP: FamilyRow = FamilyRow {
    family: Family::RealNvp,
    title: "RealNVP",
    long_title: "Real-valued non-volume-preserving flow",
    summary: "Coupling layers: one half passes through and moves the other; both directions take one pass a layer.",
    reference: "Dinh, Sohl-Dickstein, Bengio: Density estimation using Real NVP, 2017",
    structure: Some(StructureKind::Coupling),
    univariate: Some(UnivariateKind::Affine),
    reads: Reads::Data,
    between: Between::Optional,
    shared_weights: false,
    stacks: true,
    default_layers: 8,
    default_activation: Activation::Relu,
    group: Group::Coupling,
    reports: Reports::Density,
};

const FLOW_MATCHING: FamilyRow = FamilyRow {
    family: Family::FlowMatching,
    title: "Flow matching",
    long_title: "Flow matching, rectified flow",
    summary: "A velocity for every place and time, learned from straight lines between base and data: no density is needed to train, one comes out by solving.",
    reference: "Lipman, Chen, Ben-Hamu, Nickel, Le: Flow matching for generative modeling, 2023",
    structure: None,
    univariate: None,
    reads: Reads::Data,
    between: Between::Optional,
    shared_weights: false,
    stacks: true,
    default_layers: 6,
    default_activation: Activation::Silu,
    group: Group::Continuous,
    reports: Reports::SolvedDensity,
};

impl Family {
    /// The family's row.
    pub fn row(self) -> &'static FamilyRow {
        CATALOGUE.iter().find(|row| row.family == self).expect("every family has a row")
    }

    /// The name in an Experiment and on the command line, `realnvp`.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The family of a name as [`Self::name`] gives it.
    pub fn from_name(name: &str) -> Option<Self> {
        CATALOGUE.iter().map(|row| row.family).find(|family| family.name() == name)
    }
}
