package dance.simulate.mapper;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of dimensions of an einsum, by their index there: those of the loops that move a tensor,
 * say, or that an array may unroll. 64 are enough: as many of bound two have too many points.
 *
 * @param bits bit d: dimension d is in the set
 */
record DimensionSet(long bits) {
  /** No dimension. */
  static final DimensionSet NONE = new DimensionSet(0);

  /** Every dimension, whatever the einsum. */
  static final DimensionSet ALL = new DimensionSet(-1);

  /** The dimensions of some indices. */
  static DimensionSet of(int... dimensions) {
    DimensionSet set = NONE;
    for (int d : dimensions) {
      set = set.with(d);
    }
    return set;
  }

  /** All subsets, the largest first. */
  List<DimensionSet> subsets() {
    List<DimensionSet> list = new ArrayList<>();
    for (long subset = bits; ; subset = (subset - 1) & bits) {
      list.add(new DimensionSet(subset));
      if (subset == 0) {
        return list;
      }
    }
  }

  /** Whether a dimension is in the set. */
  boolean contains(int d) {
    return (bits >> d & 1) != 0;
  }

  /** Whether no dimension is in the set. */
  boolean isEmpty() {
    return bits == 0;
  }

  /** This set and a dimension. */
  DimensionSet with(int d) {
    return new DimensionSet(bits | 1L << d);
  }

  /** This set without a dimension. */
  DimensionSet without(int d) {
    return new DimensionSet(bits & ~(1L << d));
  }

  /** The dimensions of either set. */
  DimensionSet or(DimensionSet other) {
    return new DimensionSet(bits | other.bits);
  }

  /** The dimensions of both sets. */
  DimensionSet and(DimensionSet other) {
    return new DimensionSet(bits & other.bits);
  }

  /** The dimensions of this set that are not in another. */
  DimensionSet minus(DimensionSet other) {
    return new DimensionSet(bits & ~other.bits);
  }
}
