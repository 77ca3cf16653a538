//! One step of a solver as a bijection.

use serde::Serialize;

use super::{Field, FieldScratch, FieldTape, IS_BUILT, Path, Prediction, Solver};
#[cfg(feature = "gpu")]
use crate::bijections::Kernel;
use crate::bijections::{Bijection, Dependence, Direction, Scratch, Spec, Summary, Tape};
use crate::math::{Batch, Philox, Scalar};
use crate::nn::Activation;

/// The way of all points from one time to a later one. Its log-determinant is the integral of the velocity's divergence along the way
/// (Chen et al., 2018, theorem 1), by the same solver as the way itself.
///
/// Both are approximate: a step back is not quite the inverse of a step forward, and the density's mass is not quite 1. Both errors fall
/// with the steps' size. The gradient is that of the steps as they are taken.
///
/// Parameters: those of the [`Field`], the same for all steps of a flow.
#[derive(Clone, Debug)]
pub struct OdeStep {
    field: Field,
    hidden: Vec<usize>,
    activation: Activation,
    solver: Solver,
    from: f64,
    to: f64,
    index: usize,
}

impl OdeStep {
    /// The steps of a flow by this velocity, from base to data: `count` of one size. `hidden` and `activation` are its network's.
    pub fn all(field: &Field, hidden: &[usize], solver: Solver, count: usize) -> Vec<Self> {
        let time = |index: usize| index as f64 / count as f64;
        let one = |index| Self {
            field: field.clone(),
            hidden: hidden.to_vec(),
            activation: field.network().activation(),
            solver,
            from: time(index),
            to: time(index + 1),
            index,
        };
        (0..count).map(one).collect()
    }

    /// Where the step begins and how long it is, in time.
    fn span(&self, direction: Direction) -> (f64, f64) {
        match direction {
            Direction::Forward => (self.from, self.to - self.from),
            Direction::Inverse => (self.to, self.from - self.to),
        }
    }
}

/// Memory of one step.
struct Work<T> {
    place: Batch<T>,
    velocity: Batch<T>,
    divergence: Vec<T>,
    scratch: FieldScratch<T>,
}

impl<T: Scalar> Default for Work<T> {
    fn default() -> Self {
        let (place, velocity) = (Batch::default(), Batch::default());
        Self { place, velocity, divergence: Vec::new(), scratch: FieldScratch::default() }
    }
}

impl OdeStep {
    /// Takes the step from `start`, adding it to `batch` and its log-determinant to `log_det`; a tape for each stage.
    fn take<T: Scalar>(
        &self,
        direction: Direction,
        parameters: &[T],
        start: &Batch<T>,
        mut into: Option<(&mut Batch<T>, &mut [T])>,
        tapes: &mut [FieldTape<T>],
    ) {
        let (time, length) = self.span(direction);
        let mut work = Work::default();
        for (stage, tape) in self.solver.stages().iter().zip(tapes) {
            let Work { place, velocity, divergence, scratch } = &mut work;
            place.copy_from(start);
            if stage.reach > 0.0 {
                add_scaled(place, T::of_f64(length * stage.reach), velocity);
            }
            let at = time + length * stage.reach;
            self.field.velocity(parameters, place, at, velocity, divergence, tape, scratch);
            let share = T::of_f64(length * stage.weight);
            if let Some((batch, log_det)) = &mut into {
                add_scaled(batch, share, velocity);
                log_det.iter_mut().zip(divergence.iter()).for_each(|(ld, &d)| *ld += share * d);
            }
        }
    }
}

fn add_scaled<T: Scalar>(to: &mut Batch<T>, factor: T, from: &Batch<T>) {
    to.as_mut_slice().iter_mut().zip(from.as_slice()).for_each(|(to, &v)| *to += factor * v);
}

impl<T: Scalar> Bijection<T> for OdeStep {
    fn dim(&self) -> usize {
        self.field.dim()
    }

    fn summary(&self) -> Summary {
        Summary::plain("ode-step")
    }

    fn parameter_count(&self) -> usize {
        self.field.parameter_count()
    }

    fn shares_parameters(&self) -> bool {
        self.index > 0
    }

    fn initialise(&self, parameters: &mut [T], random: &mut Philox) {
        if self.index == 0 {
            self.field.initialise(parameters, random);
        }
    }

    /// Returns the solver's evaluations of the network.
    fn map(
        &self,
        direction: Direction,
        parameters: &[T],
        batch: &mut Batch<T>,
        log_det: &mut [T],
        tape: &mut Tape<T>,
    ) -> usize {
        tape.input.copy_from(batch);
        let stages = self.solver.stages().len();
        // No stage looks at another's tape, and the gradient makes its own: they would be most of the memory.
        let mut tapes = vec![FieldTape::default(); stages];
        self.take(direction, parameters, &tape.input, Some((batch, log_det)), &mut tapes);
        stages
    }

    fn pull_back(
        &self,
        direction: Direction,
        parameters: &[T],
        tape: &Tape<T>,
        grad: &mut Batch<T>,
        grad_log_det: &[T],
        grad_parameters: &mut [T],
        _scratch: &mut Scratch<T>,
    ) {
        let stages = self.solver.stages();
        let mut tapes = vec![FieldTape::default(); stages.len()];
        self.take(direction, parameters, &tape.input, None, &mut tapes);
        let (_, length) = self.span(direction);
        let (dim, len) = (grad.dim(), grad.len());
        let mut scratch = FieldScratch::default();
        let (mut by_velocity, mut by_place) = (Batch::zeros(dim, len), Batch::zeros(dim, len));
        let mut by_divergence = vec![T::zero(); len];
        let mut total = grad.clone();
        for (index, stage) in stages.iter().enumerate().rev() {
            let share = T::of_f64(length * stage.weight);
            // By its share of the step, and by the next stage, which began where this one pointed.
            let onward = stages.get(index + 1).map_or(0.0, |next| length * next.reach);
            let sides = by_velocity.as_mut_slice().iter_mut().zip(grad.as_slice()).zip(by_place.as_slice());
            sides.for_each(|((v, &g), &p)| *v = share * g + T::of_f64(onward) * p);
            by_divergence.iter_mut().zip(grad_log_det).for_each(|(d, &g)| *d = share * g);
            by_place.as_mut_slice().fill(T::zero());
            self.field.pull_back(
                parameters,
                &tapes[index],
                &by_velocity,
                &by_divergence,
                &mut by_place,
                grad_parameters,
                &mut scratch,
            );
            add_scaled(&mut total, T::one(), &by_place);
        }
        *grad = total;
    }
}

impl Spec for OdeStep {
    fn build<T: Scalar>(&self) -> Box<dyn Bijection<T>> {
        if !IS_BUILT {
            unreachable!("only a build that has such steps makes one");
        }
        Box::new(self.clone())
    }

    fn describe(&self, at: usize) -> impl Serialize {
        #[derive(Serialize)]
        struct Described<'a> {
            kind: &'static str,
            /// Where the network's parameters begin: for each linear layer the weight (out, in), then the bias. It reads the point,
            /// then the sines and cosines of pi t / 2 times 1, 2, 4 and 8.
            at: usize,
            hidden: &'a [usize],
            activation: Activation,
            path: Path,
            prediction: Prediction,
            /// The angle of the variance-preserving path at the base.
            widest: f64,
            solver: Solver,
            from: f64,
            to: f64,
        }
        let prediction = self.field.prediction();
        IS_BUILT.then(|| Described {
            kind: "ode-step",
            at,
            hidden: &self.hidden,
            activation: self.activation,
            path: self.field.path(),
            prediction,
            widest: Path::widest(prediction),
            solver: self.solver,
            from: self.from,
            to: self.to,
        })
    }

    fn dependence(&self) -> Dependence<'_> {
        Dependence::All
    }

    #[cfg(feature = "gpu")]
    fn kernel(&self) -> Result<Kernel, String> {
        Err("flows in continuous time learn on the processor".into())
    }
}
