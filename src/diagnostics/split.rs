//! Which points and draws a run's numbers come from.

use crate::math::Stream;

/// Which held-out points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Those that a run is watched by, and that decide whether it has diverged.
    Validation,
    /// Others, which nothing has looked at before, for a run's final numbers.
    Test,
}

impl Split {
    /// Where a point of the target comes from.
    pub(crate) fn point(self, row: u32) -> Stream {
        match self {
            Self::Validation => Stream::HeldOut { row },
            Self::Test => Stream::TestPoint { row },
        }
    }

    /// Where a draw of the model comes from.
    pub(crate) fn draw(self, row: u32) -> Stream {
        match self {
            Self::Validation => Stream::Elbo { row },
            Self::Test => Stream::TestElbo { row },
        }
    }
}
