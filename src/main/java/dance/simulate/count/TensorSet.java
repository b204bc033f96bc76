package dance.simulate.count;

import java.util.Arrays;

/**
 * A set of tensors of an einsum, by their index there: those that a level keeps, say, or that a
 * loop leaves stationary. An einsum has few, so that 32 are enough.
 *
 * @param bits bit t: tensor t is in the set
 */
public record TensorSet(int bits) {
  /** No tensor. */
  public static final TensorSet NONE = new TensorSet(0);

  /** Every tensor, whatever the einsum. */
  public static final TensorSet ALL = new TensorSet(-1);

  /** Empty sets: {@code [count]}. */
  public static TensorSet[] none(int count) {
    TensorSet[] sets = new TensorSet[count];
    Arrays.fill(sets, NONE);
    return sets;
  }

  /** Whether a tensor is in the set. */
  public boolean contains(int t) {
    return (bits >> t & 1) != 0;
  }

  /** Whether all tensors of another set are in this one. */
  public boolean contains(TensorSet other) {
    return (bits & other.bits) == other.bits;
  }

  /** Whether no tensor is in the set. */
  public boolean isEmpty() {
    return bits == 0;
  }

  /** Number of tensors. */
  public int size() {
    return Integer.bitCount(bits);
  }

  /** This set and a tensor. */
  public TensorSet with(int t) {
    return new TensorSet(bits | 1 << t);
  }

  /** This set without a tensor. */
  public TensorSet without(int t) {
    return new TensorSet(bits & ~(1 << t));
  }

  /** The tensors of either set. */
  public TensorSet or(TensorSet other) {
    return new TensorSet(bits | other.bits);
  }

  /** The tensors of both sets. */
  public TensorSet and(TensorSet other) {
    return new TensorSet(bits & other.bits);
  }

  /** The tensors of this set that are not in another. */
  public TensorSet minus(TensorSet other) {
    return new TensorSet(bits & ~other.bits);
  }
}
