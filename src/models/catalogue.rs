//! The table of families: each is a composition of the same parts. A new family is a new row.

use serde::{Deserialize, Serialize};

use super::{Base, Flow};
use crate::bijections::{Affine, Bijection, Masked, Reads, Shift, Standardise, Structure};
use crate::experiment::ModelSpec;
use crate::math::{Philox, Scalar, Stream};

/// A family of the literature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Masked autoencoder with one Gaussian for each conditional: one autoregressive layer.
    Made,
    /// Masked autoregressive flow.
    Maf,
    /// Inverse autoregressive flow.
    Iaf,
    /// Real-valued non-volume-preserving flow.
    RealNvp,
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
    /// Every layer has an ordering of its own, drawn from the seed.
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
    /// Who may read whom.
    pub structure: StructureKind,
    /// Which side the conditioner reads (for coupling the same either way).
    pub reads: Reads,
    /// False where the family is one layer by definition.
    pub stacks: bool,
    /// Layers where an Experiment does not say.
    pub default_layers: usize,
}

/// All families, in the order in which the page shows them.
pub const CATALOGUE: &[FamilyRow] = &[
    FamilyRow {
        family: Family::Made,
        title: "MADE",
        long_title: "Masked autoencoder for distribution estimation",
        summary: "One masked network gives the mean and width of a Gaussian for each variable, given those before it.",
        reference: "Germain, Gregor, Murray, Larochelle: MADE: Masked autoencoder for distribution estimation, 2015",
        structure: StructureKind::Autoregressive,
        reads: Reads::Data,
        stacks: false,
        default_layers: 1,
    },
    FamilyRow {
        family: Family::Maf,
        title: "MAF",
        long_title: "Masked autoregressive flow",
        summary: "A stack of MADEs: density in one pass a layer, samples in one pass a variable and layer.",
        reference: "Papamakarios, Pavlakou, Murray: Masked autoregressive flow for density estimation, 2017",
        structure: StructureKind::Autoregressive,
        reads: Reads::Data,
        stacks: true,
        default_layers: 5,
    },
    FamilyRow {
        family: Family::Iaf,
        title: "IAF",
        long_title: "Inverse autoregressive flow",
        summary: "MAF's mirror image: samples in one pass a layer, density in one pass a variable and layer.",
        reference: "Kingma, Salimans, Jozefowicz, Chen, Sutskever, Welling: Improved variational inference with inverse autoregressive flow, 2016",
        structure: StructureKind::Autoregressive,
        reads: Reads::Base,
        stacks: true,
        default_layers: 5,
    },
    FamilyRow {
        family: Family::RealNvp,
        title: "RealNVP",
        long_title: "Real-valued non-volume-preserving flow",
        summary: "Coupling layers: one half passes through and moves the other; both directions take one pass a layer.",
        reference: "Dinh, Sohl-Dickstein, Bengio: Density estimation using Real NVP, 2017",
        structure: StructureKind::Coupling,
        reads: Reads::Data,
        stacks: true,
        default_layers: 8,
    },
];

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

/// The ordering of each layer, base to data.
pub fn layer_orderings(spec: &ModelSpec, seed: u32) -> Vec<Vec<usize>> {
    let layers = spec.layer_count();
    (0..layers)
        .map(|layer| match spec.ordering_policy {
            OrderingPolicy::Same => spec.ordering.clone(),
            OrderingPolicy::Alternate if (layers - 1 - layer).is_multiple_of(2) => spec.ordering.clone(),
            OrderingPolicy::Alternate => spec.ordering.iter().rev().copied().collect(),
            OrderingPolicy::Random => {
                let mut random = Philox::new(seed, Stream::Orderings, layer as u32, 0);
                random.permutation(spec.ordering.len())
            }
        })
        .collect()
}

/// Builds the flow that a valid [`ModelSpec`] describes. `standardise` is the fixed map between the
/// model's and the target's units; `None` leaves it out.
pub fn build<T: Scalar>(spec: &ModelSpec, standardise: Option<Standardise>, seed: u32) -> Flow<T> {
    let row = spec.family.row();
    // Shift and scale are those of the map from the read side: the side training looks from.
    let shift = if row.reads == Reads::Data { Shift::Base } else { Shift::Data };
    let layer = |ordering: Vec<usize>| -> Box<dyn Bijection<T>> {
        let structure = match row.structure {
            StructureKind::Autoregressive => Structure::autoregressive(&ordering),
            StructureKind::Coupling => {
                Structure::coupling(ordering.len(), &ordering[..ordering.len().div_ceil(2)])
            }
        };
        let elementwise = Box::new(Affine::trained(shift));
        Box::new(Masked::new(structure, elementwise, row.reads, &spec.hidden, spec.activation))
    };
    let mut bijections: Vec<_> = layer_orderings(spec, seed).into_iter().map(layer).collect();
    if let Some(standardise) = standardise {
        bijections.push(Box::new(standardise));
    }
    Flow::new(Base::StandardNormal, bijections)
}
