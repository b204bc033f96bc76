package dance.simulate.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

/**
 * A systolic array that is clocked: values move from PE to PE, one a cycle, and the product that
 * comes out is checked. The second witness of what fill, drain and preload take.
 */
final class SystolicExecution {
  private final int rows;
  private final int columns;

  SystolicExecution(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  private static long[][] random(int height, int width, SplittableRandom random) {
    long[][] values = new long[height][width];
    for (long[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextInt(-9, 10);
      }
    }
    return values;
  }

  /**
   * Cycles of the product of [m × k] and [k × n] with a block of the second factor in the array at
   * a time: loaded row by row from above, then the rows of the first factor pass from the left, and
   * sums fall out below.
   */
  long stationaryWeights(int m, int k, int n) {
    SplittableRandom random = new SplittableRandom(m * 31L + k * 7L + n);
    long[][] a = random(m, k, random);
    long[][] b = random(k, n, random);
    long[][] product = new long[m][n];
    long cycles = 0;
    for (int k0 = 0; k0 < k; k0 += rows) {
      for (int n0 = 0; n0 < n; n0 += columns) {
        cycles += weightFold(a, b, product, k0, n0);
      }
    }
    check(a, b, product);
    return cycles;
  }

  private long weightFold(long[][] a, long[][] b, long[][] product, int k0, int n0) {
    long[][] weight = new long[rows][columns];
    long cycles = 0;
    for (int shift = 0; shift < rows; shift++, cycles++) {
      for (int r = rows - 1; r > 0; r--) {
        weight[r] = weight[r - 1];
      }
      weight[0] = new long[columns];
      for (int c = 0; c < columns; c++) {
        int row = k0 + rows - 1 - shift;
        weight[0][c] = row < b.length && n0 + c < b[0].length ? b[row][n0 + c] : 0;
      }
    }
    long[][] input = new long[rows][columns];
    long[][] sum = new long[rows][columns];
    int left = a.length * columns;
    for (int t = 0; left > 0; t++, cycles++) {
      for (int r = rows - 1; r >= 0; r--) {
        for (int c = columns - 1; c >= 0; c--) {
          int m = t - r;
          boolean enters = m >= 0 && m < a.length && k0 + r < b.length;
          input[r][c] = c > 0 ? input[r][c - 1] : enters ? a[m][k0 + r] : 0;
        }
      }
      for (int r = rows - 1; r >= 0; r--) {
        for (int c = 0; c < columns; c++) {
          sum[r][c] = (r > 0 ? sum[r - 1][c] : 0) + weight[r][c] * input[r][c];
        }
      }
      for (int c = 0; c < columns; c++) {
        int m = t - (rows - 1) - c;
        if (m >= 0 && m < a.length) {
          left--;
          if (n0 + c < b[0].length) {
            product[m][n0 + c] += sum[rows - 1][c];
          }
        }
      }
    }
    return cycles;
  }

  /**
   * Cycles of the product with a block of it in the array at a time: the first factor passes from
   * the left, the second from above.
   */
  long stationaryOutputs(int m, int k, int n) {
    SplittableRandom random = new SplittableRandom(m * 31L + k * 7L + n);
    long[][] a = random(m, k, random);
    long[][] b = random(k, n, random);
    long[][] product = new long[m][n];
    long cycles = 0;
    for (int m0 = 0; m0 < m; m0 += rows) {
      for (int n0 = 0; n0 < n; n0 += columns) {
        cycles += outputFold(a, b, product, m0, n0);
      }
    }
    check(a, b, product);
    return cycles;
  }

  private long outputFold(long[][] a, long[][] b, long[][] product, int m0, int n0) {
    int k = b.length;
    long[][] right = new long[rows][columns];
    long[][] down = new long[rows][columns];
    long[][] sum = new long[rows][columns];
    int[][] done = new int[rows][columns];
    long cycles = 0;
    int left = rows * columns;
    for (int t = 0; left > 0; t++, cycles++) {
      for (int r = rows - 1; r >= 0; r--) {
        for (int c = columns - 1; c >= 0; c--) {
          int i = t - r;
          int j = t - c;
          boolean enters = i >= 0 && i < k && m0 + r < a.length;
          boolean falls = j >= 0 && j < k && n0 + c < b[0].length;
          right[r][c] = c > 0 ? right[r][c - 1] : enters ? a[m0 + r][i] : 0;
          down[r][c] = r > 0 ? down[r - 1][c] : falls ? b[j][n0 + c] : 0;
          sum[r][c] += right[r][c] * down[r][c];
          boolean works = t - r - c >= 0 && t - r - c < k;
          done[r][c] += works ? 1 : 0;
          left -= works && done[r][c] == k ? 1 : 0;
        }
      }
    }
    for (int r = 0; r < rows && m0 + r < a.length; r++) {
      for (int c = 0; c < columns && n0 + c < b[0].length; c++) {
        product[m0 + r][n0 + c] = sum[r][c];
      }
    }
    return cycles;
  }

  private static void check(long[][] a, long[][] b, long[][] product) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        long expected = 0;
        for (int k = 0; k < b.length; k++) {
          expected += a[i][k] * b[k][j];
        }
        assertThat(product[i][j]).isEqualTo(expected);
      }
    }
  }
}
