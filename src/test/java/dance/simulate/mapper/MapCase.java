package dance.simulate.mapper;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.simulate.mapping.Accounting;
import dance.workload.Einsum;
import java.util.Arrays;
import java.util.List;

/**
 * A question to a mapper, small enough to try every answer.
 *
 * @param arrays dimensions of the array below each level, in place of what the constraints say
 *     about its axes; null where the constraints hold
 * @param spatialRemainders whether spatial loops need not divide their dimension
 */
record MapCase(
    String name,
    Einsum einsum,
    Accelerator accelerator,
    MapConstraints constraints,
    List<Array> arrays,
    boolean spatialRemainders,
    Goal goal,
    Accounting accounting) {

  /**
   * Dimensions that may run over an array; a dimension in both lists may run along both axes.
   *
   * @param alongX along X
   * @param alongY along Y
   */
  record Array(List<String> alongX, List<String> alongY) {}

  /** What is minimised. */
  enum Goal {
    ENERGY,
    LATENCY,
    EDP;

    /** In pJ, cycles or pJ·cycles. */
    double of(double energyPj, long cycles) {
      return switch (this) {
        case ENERGY -> energyPj;
        case LATENCY -> cycles;
        case EDP -> energyPj * cycles;
      };
    }
  }

  /** Arrays that only the constraints bind. */
  static List<Array> unbound(Accelerator accelerator) {
    return Arrays.asList(new Array[accelerator.levels().size()]);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(": least ").append(goal);
    text.append(" in ").append(accounting).append(" accounting, ");
    text.append(spatialRemainders ? "with" : "without").append(" remainders, ").append(einsum);
    for (int l = 0; l < accelerator.levels().size(); l++) {
      MemoryLevel memory = accelerator.levels().get(l);
      text.append(System.lineSeparator()).append("  ").append(memory);
      text.append(System.lineSeparator()).append("    ").append(constraints.levels().get(l));
      if (arrays.get(l) != null) {
        text.append(System.lineSeparator()).append("    ").append(arrays.get(l));
      }
    }
    text.append(System.lineSeparator()).append("  ").append(accelerator.mac()).append(", ");
    return text.append(accelerator.overheads()).toString();
  }
}
