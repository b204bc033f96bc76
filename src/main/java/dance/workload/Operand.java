package dance.workload;

/** The role of a tensor in a layer; it decides which memory levels may keep it. */
public enum Operand {
  /** Parameters; in a matrix product of activations, the second factor. */
  WEIGHT,
  /** Activations that are read. */
  INPUT,
  /** Activations that are computed, and their partial sums. */
  OUTPUT
}
