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

  /** Four sums at a time: a single one would wait for each addition. */
  private static double dot(double[] a, double[] b, int length) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (; i < length; i++) {
      first += a[i] * b[i];
    }
    return (first + second) + (third + fourth);
  }
}
