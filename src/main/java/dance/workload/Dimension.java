package dance.workload;

/** The loops of a {@link Layer}, with the names that the field gives them. */
public enum Dimension {
  /** Images of a batch. */
  N,
  /** Groups of channels that do not see each other; depthwise layers have as many as channels. */
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
