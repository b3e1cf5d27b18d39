package net.dglb.decision.path;

/** The lower triangle L with {@code L L' = A} of a symmetric positive definite matrix. */
final class Cholesky {

  private final double[][] lower;

  /**
   * Factors.
   *
   * @param matrix only its lower triangle is read; it is overwritten
   * @throws IllegalArgumentException if it is not positive definite
   */
  Cholesky(double[][] matrix) {
    lower = matrix;
    for (int row = 0; row < lower.length; row++) {
      for (int column = 0; column <= row; column++) {
        double rest = lower[row][column] - dot(lower[row], lower[column], column);
        if (column < row) {
          lower[row][column] = rest / lower[column][column];
        } else if (rest > 0) {
          lower[row][row] = Math.sqrt(rest);
        } else {
          throw new IllegalArgumentException(
              "matrix: not positive definite in row " + row + " (its pivot is " + rest + ")");
        }
      }
    }
  }

  /** Solves {@code L x = right}. */
  double[] half(double[] right) {
    double[] x = right.clone();
    for (int row = 0; row < x.length; row++) {
      x[row] = (x[row] - dot(lower[row], x, row)) / lower[row][row];
    }
    return x;
  }

  /** Solves {@code A x = right}. */
  double[] solve(double[] right) {
    double[] x = half(right);
    for (int row = x.length - 1; row >= 0; row--) {
      x[row] /= lower[row][row];
      for (int column = 0; column < row; column++) {
        x[column] -= lower[row][column] * x[row];
      }
    }
    return x;
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
