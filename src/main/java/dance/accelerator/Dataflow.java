package dance.accelerator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stationary operand of the processing elements: a constraint on mappings. */
public enum Dataflow {
  /**
   * A weight tile is stationary in the register file over N, P, Q; K and C are unrolled over the
   * array.
   */
  WEIGHT_STATIONARY("ws"),
  /** A partial sum is stationary over C, R, S; P and Q are unrolled over the array. */
  OUTPUT_STATIONARY("os"),
  /**
   * A filter row is stationary while the input row slides; filter rows × output rows are unrolled
   * over the array.
   */
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

  /** The dataflow of a short name, ignoring case. */
  public static Optional<Dataflow> ofLabel(String label) {
    return Arrays.stream(values()).filter(d -> d.label.equalsIgnoreCase(label)).findFirst();
  }

  /** All short names, in order. */
  public static String labels() {
    return Arrays.stream(values()).map(Dataflow::label).collect(Collectors.joining(", "));
  }
}
