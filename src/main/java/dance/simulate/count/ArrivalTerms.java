package dance.simulate.count;

/**
 * Words that advances of loops bring in, remembered while nests differ in the order of loops only:
 * the term of a loop depends on which loops of its level are inside, not on their order. Of terms
 * that share a place the latest is kept.
 */
final class ArrivalTerms {
  private static final int BITS = 14;

  /** Bits of a key: of the query, the level, the loop, and the loops inside. */
  private static final int QUERY = 12;

  private static final int LEVEL = 4;
  private static final int LOOP = 4;
  private static final int INSIDE = 12;

  /** Most dimensions whose sets of loops have a number. */
  private static final int MOST_DIMENSIONS = INSIDE;

  /** In place of a loop: the first tiles. */
  private static final int FIRST = MOST_DIMENSIONS;

  /** Position of each dimension among those that move: [dimension]. */
  private final int[] position;

  private final boolean suits;

  /**
   * Each key with its term after it, so that they share a cache line: [2 · place]. Allocated for
   * the second nest of a structure: most counters never meet one.
   */
  private long[] table = {0, 0};

  /** Whether the term asked for last was known. */
  private boolean wasKnown;

  /** Number of the structure, in the upper bits of the keys. */
  private long structure;

  // Of the loops looked up last: [loop].
  private long[] key = new long[64];
  private boolean[] isKnown = new boolean[64];
  private long[] term = new long[64];
  private long firstKey;
  private boolean isFirstKnown;
  private long first;
  private long sum;
  private int outermost;

  /**
   * Terms of nests of a number of levels.
   *
   * @param queries number of the different queries
   */
  ArrivalTerms(CompiledEinsum shape, int levels, int queries) {
    position = new int[shape.dimensions];
    for (int i = 0; i < shape.moving.length; i++) {
      position[shape.moving[i]] = i;
    }
    suits = shape.moving.length <= MOST_DIMENSIONS && levels <= 1 << LEVEL && queries <= 1 << QUERY;
  }

  /**
   * Begins a nest.
   *
   * @param known whether it differs from the one before in the order of loops only; otherwise all
   *     terms are forgotten
   */
  void begin(boolean known) {
    structure += known ? 0 : 1;
    if (known && suits && table.length == 2) {
      table = new long[2 << BITS];
    }
  }

  /**
   * Looks the terms of all loops outside a level up.
   *
   * @param query number of what is counted
   * @return whether all are known; then {@link #sum} is their sum
   */
  boolean look(int query, CompiledMapping nest, int inner) {
    if (key.length < nest.start[inner]) {
      key = new long[nest.dimension.length];
      isKnown = new boolean[key.length];
      term = new long[key.length];
    }
    firstKey = key(query, 0, FIRST, 0);
    first = get(firstKey);
    isFirstKnown = wasKnown;
    boolean all = isFirstKnown;
    sum = all ? first : 0;
    outermost = Integer.MAX_VALUE;
    for (int l = inner - 1; l >= 0; l--) {
      int inside = 0;
      for (int i = nest.start[l + 1] - 1; i >= nest.start[l]; i--) {
        if (nest.kind[i] == CompiledMapping.TEMPORAL) {
          int at = position[nest.dimension[i]];
          key[i] = key(query, l, at, inside);
          term[i] = get(key[i]);
          isKnown[i] = wasKnown;
          if (isKnown[i]) {
            sum = Math.addExact(sum, term[i]);
          } else {
            all = false;
            outermost = i;
          }
          inside |= 1 << at;
        }
      }
    }
    return all;
  }

  /** Whether the words of the first tiles were known. */
  boolean isFirstKnown() {
    return isFirstKnown;
  }

  /** The words of the first tiles, if they were known. */
  long first() {
    return first;
  }

  /** The sum of the terms looked up last if all are known. */
  long sum() {
    return sum;
  }

  /** The outermost loop whose term was not known, if any. */
  int outermost() {
    return outermost;
  }

  /** The term of a loop, if it was known. */
  long term(int loop) {
    return term[loop];
  }

  /** Whether the term of a loop was known. */
  boolean isKnown(int loop) {
    return isKnown[loop];
  }

  /** Keeps the words of the first tiles. */
  void first(long words) {
    put(firstKey, words);
  }

  /** Keeps the words that an advance of a loop brings in. */
  void advance(int loop, long words) {
    put(key[loop], words);
  }

  private void put(long key, long words) {
    if (table.length > 2) {
      int place = place(key);
      table[place] = key;
      table[place + 1] = words;
    }
  }

  private long get(long key) {
    int place = place(key);
    wasKnown = table[place] == key;
    return table[place + 1];
  }

  private long key(int query, int level, int at, int inside) {
    long of = structure << QUERY | query;
    return ((of << LEVEL | level) << LOOP | at) << INSIDE | inside;
  }

  private int place(long key) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> Long.SIZE - BITS) * 2 & table.length - 1;
  }
}
