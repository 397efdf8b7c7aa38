//! Small symmetric equations: a Cholesky factor and its solution. Matrices are rows after each other.

use libm::sqrt;

/// The Cholesky factor of a symmetric matrix given by its lower half, in place; false where it is not positive definite.
pub(crate) fn cholesky(matrix: &mut [f64], size: usize) -> bool {
    for row in 0..size {
        for column in 0..=row {
            let mut sum = matrix[row * size + column];
            for k in 0..column {
                sum -= matrix[row * size + k] * matrix[column * size + k];
            }
            if row == column {
                if sum <= 0.0 || !sum.is_finite() {
                    return false;
                }
                matrix[row * size + row] = sqrt(sum);
            } else {
                matrix[row * size + column] = sum / matrix[column * size + column];
            }
        }
    }
    true
}

/// Solves with a Cholesky factor, in place.
pub(crate) fn solve(factor: &[f64], size: usize, values: &mut [f64]) {
    for row in 0..size {
        for k in 0..row {
            values[row] -= factor[row * size + k] * values[k];
        }
        values[row] /= factor[row * size + row];
    }
    for row in (0..size).rev() {
        for k in row + 1..size {
            values[row] -= factor[k * size + row] * values[k];
        }
        values[row] /= factor[row * size + row];
    }
}
