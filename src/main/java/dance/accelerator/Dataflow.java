package dance.accelerator;

/** Which operand an accelerator keeps in its processing elements: a constraint on mappings. */
public enum Dataflow {
  /** A weight tile stays in the register file while N, P, Q pass; K and C over the array. */
  WEIGHT_STATIONARY("ws"),
  /** A partial sum stays until C, R, S are done; P and Q over the array. */
  OUTPUT_STATIONARY("os"),
  /** A filter row stays while an input row slides; filter rows × output rows over the array. */
  ROW_STATIONARY("rs"),
  /** Any mapping. */
  UNCONSTRAINED("free");

  private final String label;

  Dataflow(String label) {
    this.label = label;
  }

  /** Short name, as the command line takes it. */
  public String label() {
    return label;
  }
}
