//! Small symmetric equations: a Cholesky factor and its solution. Matrices are rows after each other.

use libm::sqrt;

/// The Cholesky factor of a symmetric matrix given by its lower half, in place; false where it is not positive definite.
/// Column by column, each taken off what is left of the matrix at once; `column` is room to work in.
pub(crate) fn cholesky(matrix: &mut [f64], size: usize, column: &mut Vec<f64>) -> bool {
    column.clear();
    column.resize(size, 0.0);
    for k in 0..size {
        let pivot = matrix[k * size + k];
        if pivot <= 0.0 || !pivot.is_finite() {
            return false;
        }
        let root = sqrt(pivot);
        matrix[k * size + k] = root;
        for row in k + 1..size {
            column[row] = matrix[row * size + k] / root;
            matrix[row * size + k] = column[row];
        }
        for (row, values) in matrix.chunks_exact_mut(size).enumerate().skip(k + 1) {
            let factor = column[row];
            let left = values[k + 1..=row].iter_mut().zip(&column[k + 1..=row]);
            left.for_each(|(value, other)| *value -= factor * other);
        }
    }
    true
}

/// Solves with a Cholesky factor, in place.
pub(crate) fn solve(factor: &[f64], size: usize, values: &mut [f64]) {
    for row in 0..size {
        let (done, open) = values.split_at_mut(row);
        let known: f64 = factor[row * size..].iter().zip(done).map(|(factor, value)| factor * *value).sum();
        open[0] = (open[0] - known) / factor[row * size + row];
    }
    for row in (0..size).rev() {
        let value = values[row] / factor[row * size + row];
        values[row] = value;
        values[..row]
            .iter_mut()
            .zip(&factor[row * size..])
            .for_each(|(open, factor)| *open -= factor * value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let matrix = [4.0, 2.0, 0.6, 2.0, 5.0, 1.5, 0.6, 1.5, 3.0];
        let wanted = [1.0, -2.0, 0.5];
        let mut values: Vec<f64> =
            matrix.chunks(3).map(|row| row.iter().zip(wanted).map(|(a, x)| a * x).sum()).collect();
        let mut factor = matrix.to_vec();
        assert!(cholesky(&mut factor, 3, &mut Vec::new()));
        solve(&factor, 3, &mut values);
        for (value, wanted) in values.iter().zip(wanted) {
            assert!((value - wanted).abs() < 1e-14, "{values:?}");
        }
        assert!(!cholesky(&mut [1.0, 2.0, 2.0, 1.0], 2, &mut Vec::new()), "it is not positive definite");
    }
}
