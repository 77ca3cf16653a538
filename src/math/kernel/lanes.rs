//! The vectors of a machine, as the kernels see them.

/// One vector of the machine.
pub(super) trait Lanes: Copy {
    /// Numbers in it.
    const COUNT: usize;
    /// The same number in each lane.
    fn splat(value: f32) -> Self;
    /// As many numbers, in memory.
    type Chunk;
    /// A slice in chunks; what is left over is left out.
    fn chunks(from: &[f32]) -> &[Self::Chunk];
    /// A slice in chunks, to write.
    fn chunks_mut(from: &mut [f32]) -> &mut [Self::Chunk];
    fn load(from: &Self::Chunk) -> Self;
    fn store(self, to: &mut Self::Chunk);
    /// `self + a * b`, with one rounding or two.
    fn add_product(self, a: Self, b: Self) -> Self;
    /// max(0, each).
    fn rectified(self) -> Self;
    /// Each where `gate` is above zero, else 0.
    fn where_positive(self, gate: Self) -> Self;
    /// The sums over the lanes of four vectors.
    fn sums(four: [Self; 4]) -> [f32; 4];
}

/// Any machine's vectors by way of the compiler's; `FUSED` where it has a fused multiply-add.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
pub(super) struct Array<const N: usize, const FUSED: bool>([f32; N]);

#[cfg(not(target_arch = "wasm32"))]
impl<const N: usize, const FUSED: bool> Lanes for Array<N, FUSED> {
    const COUNT: usize = N;

    #[inline(always)]
    fn splat(value: f32) -> Self {
        Self([value; N])
    }

    type Chunk = [f32; N];

    #[inline(always)]
    fn chunks(from: &[f32]) -> &[[f32; N]] {
        from.as_chunks().0
    }

    #[inline(always)]
    fn chunks_mut(from: &mut [f32]) -> &mut [[f32; N]] {
        from.as_chunks_mut().0
    }

    #[inline(always)]
    fn load(from: &[f32; N]) -> Self {
        Self(*from)
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; N]) {
        *to = self.0;
    }

    #[inline(always)]
    fn add_product(mut self, a: Self, b: Self) -> Self {
        for lane in 0..N {
            let (x, y) = (a.0[lane], b.0[lane]);
            self.0[lane] = if FUSED { x.mul_add(y, self.0[lane]) } else { self.0[lane] + x * y };
        }
        self
    }

    #[inline(always)]
    fn rectified(self) -> Self {
        Self(self.0.map(|v| if v > 0.0 { v } else { 0.0 }))
    }

    #[inline(always)]
    fn where_positive(mut self, gate: Self) -> Self {
        for lane in 0..N {
            self.0[lane] = if gate.0[lane] > 0.0 { self.0[lane] } else { 0.0 };
        }
        self
    }

    #[inline(always)]
    fn sums(four: [Self; 4]) -> [f32; 4] {
        // Fold to four lanes, then add across the transposed square.
        let mut square = [[0.0; 4]; 4];
        for (to, from) in square.iter_mut().zip(&four) {
            for part in from.0.chunks_exact(4) {
                for lane in 0..4 {
                    to[lane] += part[lane];
                }
            }
        }
        let mut sums = [0.0; 4];
        for (i, sum) in sums.iter_mut().enumerate() {
            let [a, b, c, d] = square[i];
            *sum = (a + b) + (c + d);
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::{Eight, Sixteen};

#[cfg(target_arch = "x86_64")]
#[allow(
    unsafe_code,
    reason = "the kernels' entry points ask the machine for these vectors before they are used"
)]
mod x86 {
    use std::arch::x86_64::*;
    // Memory is read and written as arrays: a build with debug assertions checks each access by a pointer, which took most of its time.
    use std::mem::transmute;

    /// Eight lanes, AVX2 and FMA.
    #[derive(Clone, Copy)]
    pub struct Eight(__m256);

    impl super::Lanes for Eight {
        const COUNT: usize = 8;
        type Chunk = [f32; 8];

        #[inline(always)]
        fn splat(value: f32) -> Self {
            Self(unsafe { _mm256_set1_ps(value) })
        }

        #[inline(always)]
        fn chunks(from: &[f32]) -> &[[f32; 8]] {
            from.as_chunks().0
        }

        #[inline(always)]
        fn chunks_mut(from: &mut [f32]) -> &mut [[f32; 8]] {
            from.as_chunks_mut().0
        }

        #[inline(always)]
        fn load(from: &[f32; 8]) -> Self {
            Self(unsafe { transmute::<[f32; 8], __m256>(*from) })
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; 8]) {
            *to = unsafe { transmute::<__m256, [f32; 8]>(self.0) };
        }

        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            Self(unsafe { _mm256_fmadd_ps(a.0, b.0, self.0) })
        }

        #[inline(always)]
        fn rectified(self) -> Self {
            // Where either is NaN the second operand is the result.
            Self(unsafe { _mm256_max_ps(self.0, _mm256_setzero_ps()) })
        }

        #[inline(always)]
        fn where_positive(self, gate: Self) -> Self {
            Self(unsafe { _mm256_and_ps(self.0, _mm256_cmp_ps::<_CMP_GT_OQ>(gate.0, _mm256_setzero_ps())) })
        }

        #[inline(always)]
        fn sums([a, b, c, d]: [Self; 4]) -> [f32; 4] {
            unsafe {
                let pairs = _mm256_hadd_ps(_mm256_hadd_ps(a.0, b.0), _mm256_hadd_ps(c.0, d.0));
                let all = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps::<1>(pairs));
                transmute::<__m128, [f32; 4]>(all)
            }
        }
    }

    /// Sixteen lanes, AVX-512.
    #[derive(Clone, Copy)]
    pub struct Sixteen(__m512);

    impl super::Lanes for Sixteen {
        const COUNT: usize = 16;
        type Chunk = [f32; 16];

        #[inline(always)]
        fn splat(value: f32) -> Self {
            Self(unsafe { _mm512_set1_ps(value) })
        }

        #[inline(always)]
        fn chunks(from: &[f32]) -> &[[f32; 16]] {
            from.as_chunks().0
        }

        #[inline(always)]
        fn chunks_mut(from: &mut [f32]) -> &mut [[f32; 16]] {
            from.as_chunks_mut().0
        }

        #[inline(always)]
        fn load(from: &[f32; 16]) -> Self {
            Self(unsafe { transmute::<[f32; 16], __m512>(*from) })
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; 16]) {
            *to = unsafe { transmute::<__m512, [f32; 16]>(self.0) };
        }

        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            Self(unsafe { _mm512_fmadd_ps(a.0, b.0, self.0) })
        }

        #[inline(always)]
        fn rectified(self) -> Self {
            Self(unsafe { _mm512_max_ps(self.0, _mm512_setzero_ps()) })
        }

        #[inline(always)]
        fn where_positive(self, gate: Self) -> Self {
            let positive = unsafe { _mm512_cmp_ps_mask::<_CMP_GT_OQ>(gate.0, _mm512_setzero_ps()) };
            Self(unsafe { _mm512_maskz_mov_ps(positive, self.0) })
        }

        #[inline(always)]
        fn sums(four: [Self; 4]) -> [f32; 4] {
            let mut halves = [Eight(unsafe { _mm256_setzero_ps() }); 4];
            for r in 0..4 {
                let v = four[r].0;
                halves[r].0 = unsafe {
                    let high = _mm256_castpd_ps(_mm512_extractf64x4_pd::<1>(_mm512_castps_pd(v)));
                    _mm256_add_ps(_mm512_castps512_ps256(v), high)
                };
            }
            <Eight as super::Lanes>::sums(halves)
        }
    }
}

#[cfg(target_arch = "wasm32")]
pub(super) use wasm::Four;

#[cfg(target_arch = "wasm32")]
mod wasm {
    use std::arch::wasm32::{
        f32x4, f32x4_add, f32x4_extract_lane, f32x4_gt, f32x4_pmax, f32x4_splat, i32x4_shuffle, v128,
        v128_and,
    };

    /// Four lanes.
    #[derive(Clone, Copy)]
    pub struct Four(v128);

    impl super::Lanes for Four {
        const COUNT: usize = 4;

        #[inline(always)]
        fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        type Chunk = [f32; 4];

        #[inline(always)]
        fn chunks(from: &[f32]) -> &[[f32; 4]] {
            from.as_chunks().0
        }

        #[inline(always)]
        fn chunks_mut(from: &mut [f32]) -> &mut [[f32; 4]] {
            from.as_chunks_mut().0
        }

        #[inline(always)]
        fn load(from: &[f32; 4]) -> Self {
            Self(f32x4(from[0], from[1], from[2], from[3]))
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; 4]) {
            to[0] = f32x4_extract_lane::<0>(self.0);
            to[1] = f32x4_extract_lane::<1>(self.0);
            to[2] = f32x4_extract_lane::<2>(self.0);
            to[3] = f32x4_extract_lane::<3>(self.0);
        }

        #[cfg(target_feature = "relaxed-simd")]
        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            Self(std::arch::wasm32::f32x4_relaxed_madd(a.0, b.0, self.0))
        }

        #[cfg(not(target_feature = "relaxed-simd"))]
        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            Self(f32x4_add(self.0, std::arch::wasm32::f32x4_mul(a.0, b.0)))
        }

        #[inline(always)]
        fn rectified(self) -> Self {
            // pmax(a, b) is b > a ? b : a: one instruction, and NaN becomes 0 as in the plain version.
            Self(f32x4_pmax(f32x4_splat(0.0), self.0))
        }

        #[inline(always)]
        fn where_positive(self, gate: Self) -> Self {
            Self(v128_and(self.0, f32x4_gt(gate.0, f32x4_splat(0.0))))
        }

        #[inline(always)]
        fn sums(four: [Self; 4]) -> [f32; 4] {
            let [a, b, c, d] = four.map(|v| v.0);
            let pairs =
                |x, y| f32x4_add(i32x4_shuffle::<0, 4, 1, 5>(x, y), i32x4_shuffle::<2, 6, 3, 7>(x, y));
            let (ab, cd) = (pairs(a, b), pairs(c, d));
            let all = f32x4_add(i32x4_shuffle::<0, 1, 4, 5>(ab, cd), i32x4_shuffle::<2, 3, 6, 7>(ab, cd));
            let mut sums = [0.0; 4];
            Self(all).store(&mut sums);
            sums
        }
    }
}
