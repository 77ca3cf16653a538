//! Sorting of numbers.

/// Sorts ascending, by [`f64::total_cmp`]. One function for all: each place where a sort is written is 4 KB of the page's module.
#[inline(never)]
pub fn ascending(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}
