//! What trains speaks to a contract: whatever fulfils it is trained, and what it can't do is said.

use density_playground::bijections::{Scaling, Standardise};
use density_playground::math::{Batch, Philox, Stream};
use density_playground::models::{
    self, Activations, Base, Density, Description, Flow, LogProb, Model, ModelSpec, ReverseStep, Workspace,
};
use density_playground::models::{Family, catalogue::compositions};
use density_playground::targets::smoothed::Smoothed;
use density_playground::targets::{Target, TargetSpec};
use density_playground::training::{Data, Objective, OptimiserSpec, Schedule, Trainer};

/// Unit normals whose means are learned: no flow and no family. It may keep its density to itself.
struct Means {
    dim: usize,
    tells: bool,
}

impl LogProb<f64> for Means {
    fn log_prob(&self, means: &[f64], points: &[f64], temperature: f64, _: &mut Workspace<f64>) -> Vec<f64> {
        let one = |(x, m): (&f64, &f64)| {
            let z = (x - m) / temperature;
            -0.5 * (z * z + std::f64::consts::TAU.ln()) - temperature.ln()
        };
        points.chunks_exact(self.dim).map(|x| x.iter().zip(means).map(one).sum()).collect()
    }
}

impl Model<f64> for Means {
    fn dim(&self) -> usize {
        self.dim
    }

    fn parameter_count(&self) -> usize {
        self.dim
    }

    fn initial_parameters(&self, _: u32) -> Vec<f64> {
        vec![0.0; self.dim]
    }

    fn data_dependent_init(&self, _: &mut [f64], _: &Batch<f64>) {}

    fn needs_whole_batch(&self) -> bool {
        false
    }

    fn batch_gradient(
        &self,
        means: &[f64],
        points: &Batch<f64>,
        _: Activations,
        _: Philox,
        gradient: &mut [f64],
        workspace: &mut Workspace<f64>,
    ) -> f64 {
        let n = points.len() as f64;
        for (i, g) in gradient.iter_mut().enumerate() {
            *g = points.variable(i).iter().map(|x| means[i] - x).sum::<f64>() / n;
        }
        -self.log_prob(means, &points.to_rows(), 1.0, workspace).iter().sum::<f64>() / n
    }

    fn draw_gradient(
        &self,
        _: &[f64],
        _: usize,
        _: &dyn Fn(usize) -> Philox,
        _: &ReverseStep<'_>,
        _: &mut [f64],
        _: &mut Workspace<f64>,
    ) -> Option<f64> {
        None
    }

    fn learns_from_draws(&self) -> bool {
        false
    }

    fn after_step(&self, _: &mut [f64], _: &Workspace<f64>) {}

    fn samples(
        &self,
        means: &[f64],
        seed: u32,
        count: usize,
        temperature: f64,
        _: &mut Workspace<f64>,
    ) -> Vec<f64> {
        let draw = |row| {
            let mut random = Philox::new(seed, Stream::BaseDraw { row });
            means.iter().map(|m| m + temperature * random.normal::<f64>()).collect::<Vec<_>>()
        };
        (0..count as u32).flat_map(draw).collect()
    }

    fn density(&self) -> Density<'_, f64> {
        if self.tells { Density::LowerBound(self) } else { Density::None }
    }

    fn bijection(&self) -> Option<&Flow<f64>> {
        None
    }

    fn describe(&self) -> Option<Description> {
        None
    }
}

fn optimiser() -> OptimiserSpec {
    let schedule = Schedule::Cosine { steps: 200 };
    OptimiserSpec { learning_rate: 0.1, batch: 256, schedule, ..OptimiserSpec::default() }
}

const REVERSE: Objective = Objective::ReverseKl { start: 1.0, annealing: None, path_gradient: false };

fn crescent() -> Box<dyn Target> {
    TargetSpec::Crescent.build().unwrap()
}

#[test]
fn what_is_no_flow_is_trained_too() {
    let (target, unused) = (crescent(), Smoothed::unused());
    let data = Data::Target(&*target, &unused);
    let model = Means { dim: 2, tells: true };
    let mut trainer = Trainer::new(&model, data, Objective::ForwardKl, optimiser(), 3).unwrap();
    for _ in 0..200 {
        trainer.step(&model, data).unwrap();
    }
    // E[x2^2 / 4] with deviation 2, and 0.
    let means = trainer.parameters();
    assert!((means[0] - 1.0).abs() < 0.1 && means[1].abs() < 0.1, "{means:?}");
}

#[test]
fn what_a_model_can_not_do_is_said() {
    let target = crescent();
    let smoothed = Smoothed::new(&*target).unwrap();
    let data = Data::Target(&*target, &smoothed);
    let sentence = "The reverse KL needs a model that has a gradient by its own draws.";
    let silent = Means { dim: 2, tells: false };
    let refused = Trainer::new(&silent, data, REVERSE, optimiser(), 3).err().unwrap();
    assert_eq!(refused.to_string(), sentence);
    let refused = silent.density().required().err().unwrap();
    assert_eq!(refused.to_string(), "This needs a model that has a density.");
    // Nor can the average over orderings: which of them made a draw, no gradient follows.
    let spec = ModelSpec { family: Family::Made, order_agnostic: true, ..ModelSpec::default() };
    let average = models::build::<f32>(&spec, None, 1);
    let refused = Trainer::new(&*average, data, REVERSE, optimiser(), 3).err().unwrap();
    assert_eq!(refused.to_string(), sentence);
}

#[test]
fn every_family_fulfils_the_contract() {
    for row in compositions() {
        let single = [false, true].into_iter().filter(|all| !all || !row.stacks);
        for order_agnostic in single {
            let (family, layers, hidden) = (row.family, 2, vec![8]);
            let spec = ModelSpec { family, order_agnostic, layers, hidden, ..ModelSpec::default() };
            let fixed = Standardise::new(vec![1.0, 0.0], vec![2.0, 2.0]);
            let model = models::build::<f64>(&spec, Some(fixed), 1);
            let parameters = model.initial_parameters(1);
            assert_eq!((model.dim(), parameters.len()), (2, model.parameter_count()), "{}", row.title);
            let mut workspace = Workspace::default();
            let samples = model.samples(&parameters, 1, 50, 0.8, &mut workspace);
            let Density::Exact(density) = model.density() else { panic!("{} has a density", row.title) };
            let log_prob = density.log_prob(&parameters, &samples, 1.0, &mut workspace);
            // The objective's value is the NLL; that of one ordering alone is only the average's bound.
            let (points, mut gradient) = (Batch::from_rows(&samples, 2), vec![0.0; parameters.len()]);
            let random = Philox::new(1, Stream::StepOrdering { step: 0 });
            let stored = Activations::Stored;
            let value =
                model.batch_gradient(&parameters, &points, stored, random, &mut gradient, &mut workspace);
            let nll = -log_prob.iter().sum::<f64>() / 50.0;
            let statistics = model.needs_whole_batch();
            assert!(
                order_agnostic || statistics || (value - nll).abs() < 1e-9,
                "{}: {value} {nll}",
                row.title
            );
            assert!(gradient.iter().any(|g| *g != 0.0) && model.bijection().is_some(), "{}", row.title);
            assert_eq!(model.learns_from_draws(), !order_agnostic, "{}", row.title);
        }
    }
}

#[test]
fn a_model_says_what_its_parameters_mean_where_it_can() {
    let json = |model: &dyn Model<f64>| {
        model.describe().map(|description| serde_json::to_value(description).expect("data"))
    };
    let spec = ModelSpec { family: Family::Made, ordering: vec![1, 0], ..ModelSpec::default() };
    let units = Standardise::new(vec![1.0, 2.0], vec![3.0, 4.0]);
    let flow = json(&*models::build(&spec, Some(units.clone()), 1)).expect("a flow of the catalogue");
    assert_eq!(flow["dim"], 2);
    assert_eq!(flow["flows"][0][0]["kind"], "masked");
    assert_eq!(
        flow["flows"][0][1],
        serde_json::json!({ "kind": "standardise", "mean": [1.0, 2.0], "deviation": [3.0, 4.0] })
    );
    // An average has a flow for each ordering, its own first, and all the same parameters.
    let spec = ModelSpec { order_agnostic: true, ..spec };
    let average = json(&*models::build(&spec, Some(units), 1)).expect("an average of flows");
    let flows = average["flows"].as_array().expect("flows");
    assert_eq!(flows.len(), 2);
    assert_eq!(flows[0], flow["flows"][0]);
    assert_eq!(flows[1][0]["rank"], serde_json::json!([0, 1]));
    assert_eq!(average["base_at"], flow["base_at"]);
    // What is no flow, or made by hand, need not say anything.
    assert!(json(&Means { dim: 2, tells: true }).is_none());
    let by_hand: Flow<f64> = Flow::new(Base::Normal, vec![Box::new(Scaling::diagonal(2))]);
    assert!(json(&by_hand).is_none());
}
