package dance.workload;

/** The loops of a {@link Layer}, under the field's usual names. */
public enum Dimension {
  /** Images of a batch. */
  N,
  /** Channel groups, convolved independently; a depthwise layer has one per channel. */
  G,
  /** Output channels of one group. */
  K,
  /** Input channels of one group. */
  C,
  /** Output rows. */
  P,
  /** Output columns. */
  Q,
  /** Kernel rows. */
  R,
  /** Kernel columns. */
  S
}
