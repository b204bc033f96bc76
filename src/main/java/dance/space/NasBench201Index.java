package dance.space;

/**
 * The benchmark's own order of the 15,625 cells: its authors list them by their digits and shuffle
 * the list with Python's {@code random.seed(88)} (Dong and Yang, ICLR 2020, published with the
 * benchmark). The generator is the Mersenne Twister MT19937 (Matsumoto and Nishimura, ACM TOMACS
 * 8(1), 1998), seeded by an array as Python does.
 */
final class NasBench201Index {
  private static final int SEED = 88;

  /** Number of cells. */
  static final int CELLS = 15_625;

  private static final int N = 624;
  private static final int M = 397;

  private static final int[] ORDER = order();

  private final int[] state = new int[N];
  private int next = N;

  private NasBench201Index() {
    // init_by_array with the one word SEED.
    state[0] = 19_650_218;
    for (int i = 1; i < N; i++) {
      state[i] = 1_812_433_253 * mixed(i) + i;
    }
    int i = 1;
    for (int k = 0; k < N; k++) {
      state[i] = (state[i] ^ mixed(i) * 1_664_525) + SEED;
      i = advanced(i);
    }
    for (int k = 0; k < N - 1; k++) {
      state[i] = (state[i] ^ mixed(i) * 1_566_083_941) - i;
      i = advanced(i);
    }
    state[0] = 0x8000_0000;
  }

  private int mixed(int i) {
    return state[i - 1] ^ state[i - 1] >>> 30;
  }

  private int advanced(int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    state[0] = state[N - 1];
    return 1;
  }

  private int word() {
    if (next == N) {
      for (int k = 0; k < N; k++) {
        int y = state[k] & 0x8000_0000 | state[(k + 1) % N] & 0x7fff_ffff;
        state[k] = state[(k + M) % N] ^ y >>> 1 ^ (y & 1) * 0x9908_b0df;
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c_5680;
    y ^= y << 15 & 0xefc6_0000;
    return y ^ y >>> 18;
  }

  /**
   * A number below the bound, as Python draws it: of as many bits, drawn again if it is too large.
   */
  private int below(int bound) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
    int drawn = word() >>> Integer.SIZE - bits;
    while (drawn >= bound) {
      drawn = word() >>> Integer.SIZE - bits;
    }
    return drawn;
  }

  private static int[] order() {
    int[] cells = new int[CELLS];
    for (int i = 0; i < CELLS; i++) {
      cells[i] = i;
    }
    NasBench201Index random = new NasBench201Index();
    for (int i = CELLS - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int kept = cells[i];
      cells[i] = cells[j];
      cells[j] = kept;
    }
    return cells;
  }

  /**
   * The six digits of the cell with this index in the benchmark, from 0 to below {@link #CELLS}.
   */
  static String digits(int index) {
    String digits = Integer.toString(ORDER[index], 5);
    return "0".repeat(6 - digits.length()) + digits;
  }
}
