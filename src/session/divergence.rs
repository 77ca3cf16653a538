//! When a run has diverged.

use crate::diagnostics::Evaluation;

/// A rise of this many nats is no longer noise.
pub const DIVERGED: f64 = 50.0;

/// What measures a run under its objective. A model under the reverse KL may lose modes, and then be as far from the data as it
/// likes; one that learns a fixed sample by heart may be as far from other points. Without a density nothing does: 0.
pub fn distance(evaluation: &Evaluation) -> f64 {
    let of_data = match evaluation.sample {
        Some(sample) => sample.nll_train,
        None if evaluation.nll.is_nan() => 0.0,
        None => evaluation.kl.unwrap_or(evaluation.nll),
    };
    evaluation.variational.map_or(of_data, |v| v.kl)
}

/// How far, in nats, training has risen above the lowest place that it had reached, at the last of some evaluations of one target,
/// given in their order.
///
/// Without annealing that is the last KL less the least. Annealing broadens the model on purpose, so that KL(q to p) says nothing
/// while the target is tempered: what training lowers at a power beta is KL(q to p^beta / Z), with a Z that nobody knows and a beta
/// that moves. But how far this KL has changed from one evaluation to the next, both measured at the later one's beta, is known:
/// ln Z is the same in both. These changes are what training did itself, without the schedule's part, and their running sum
/// takes the KL's place; with beta = 1 throughout it is the KL, up to a constant.
pub fn rise<'a>(evaluations: impl IntoIterator<Item = &'a Evaluation>, beta: impl Fn(u32) -> f64) -> f64 {
    // E[log q] - beta E[log p], or the KL of the data.
    let objective = |e: &Evaluation, beta: f64| {
        e.variational.map_or(distance(e), |v| v.log_density - v.elbo - beta * v.log_density)
    };
    let (mut sum, mut least) = (0.0f64, 0.0f64);
    let mut before: Option<&Evaluation> = None;
    for now in evaluations.into_iter().filter(|e| distance(e).is_finite()) {
        if let Some(before) = before {
            let beta = beta(now.step);
            sum += objective(now, beta) - objective(before, beta);
            least = least.min(sum);
        }
        before = Some(now);
    }
    sum - least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Variational;

    fn reverse(step: u32, log_q: f64, log_density: f64) -> Evaluation {
        let elbo = log_density - log_q;
        let (standard_error, effective_sample_size, log_z_estimate, log_z) = (None, 1.0, 0.0, 0.0);
        let variational = Some(Variational {
            elbo,
            kl: -elbo,
            log_density,
            standard_error,
            effective_sample_size,
            log_z_estimate,
            log_z,
        });
        let (entropy, kl) = (Some(0.0), Some(0.0));
        Evaluation { step, nll: 0.0, entropy, kl, standard_error, variational, sample: None }
    }

    #[test]
    fn without_annealing_it_is_the_kl_above_its_least() {
        let forward = |step, kl| Evaluation { variational: None, kl: Some(kl), ..reverse(step, 0.0, 0.0) };
        let all = [forward(0, 5.0), forward(50, 2.0), forward(100, f64::INFINITY), forward(150, 62.0)];
        assert_eq!(rise(&all, |_| 1.0), 60.0);
        let own = [reverse(0, -3.0, -8.0), reverse(50, -3.0, -4.0), reverse(100, -4.0, -65.0)];
        assert_eq!(rise(&own, |_| 1.0), 60.0);
    }

    #[test]
    fn broadening_under_a_tempered_target_is_no_rise() {
        // ln q falls as the model broadens, ln p falls a thousand times as fast; at beta = 0.001 that is a gain.
        let broadening: Vec<Evaluation> =
            (0..10).map(|i| reverse(50 * i, -f64::from(i), -500.0 * f64::from(i))).collect();
        assert_eq!(rise(&broadening, |_| 0.001), 0.0);
        assert!(rise(&broadening, |_| 1.0) > DIVERGED);
    }

    #[test]
    fn the_schedule_itself_is_no_rise_but_training_away_from_the_target_is() {
        // A model that stands still while beta rises.
        let still: Vec<Evaluation> = (0..10).map(|i| reverse(50 * i, -6.0, -400.0)).collect();
        assert_eq!(rise(&still, |step| 0.001 * f64::from(step)), 0.0);
        let away = [reverse(0, -6.0, -10.0), reverse(50, -6.0, -5e4)];
        assert!(rise(&away, |_| 0.01) > DIVERGED);
    }
}
