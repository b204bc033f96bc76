package dance.notebook.drawing;

import dance.cost.SignificantDigits;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the units of an array share the elements of the operands at one step: for each operand and
 * side of the array, whether every unit has an element of its own, all have the same (multicast, or
 * a sum of outputs), or some have; and whether units along a diagonal, which share neither row nor
 * column, have the same, as the inputs of a convolution with R along one side and P along the
 * other.
 *
 * <p>The element that a unit touches has an address that is the sum of what its column and its row
 * give, as addresses are linear in the indices. All units that work at the first step are looked
 * at; at other steps all of them advance alike.
 */
final class Sharing {
  private final Evaluation evaluation;
  private final UnitIndices units;

  private Sharing(Evaluation evaluation, UnitIndices units) {
    this.evaluation = evaluation;
    this.units = units;
  }

  /** A sentence for each operand, and one more where a diagonal shares it; none for one unit. */
  static List<String> sentences(Evaluation evaluation, UnitIndices units) {
    Sharing sharing = new Sharing(evaluation, units);
    List<String> lines = new ArrayList<>();
    for (Tensor tensor : evaluation.einsum().tensors()) {
      long[] columns = sharing.addresses(tensor, units.alongX(), units.columns());
      long[] rows = sharing.addresses(tensor, units.alongY(), units.rows());
      List<String> parts = new ArrayList<>();
      sharing.along(tensor, columns, true, parts);
      sharing.along(tensor, rows, false, parts);
      if (!parts.isEmpty()) {
        lines.add(tensor.name() + ": " + String.join("; ", parts));
      }
      sharing.diagonal(tensor, columns, rows, lines);
    }
    return lines;
  }

  /** The summand of each position of a side in the address of the element. */
  private long[] addresses(Tensor tensor, List<UnitIndices.Side> sides, int positions) {
    Map<String, Long> steps = new HashMap<>();
    long stride = 1;
    for (Axis axis : tensor.axes()) {
      long last = 0;
      for (Axis.Term term : axis.terms()) {
        steps.put(term.dimension(), stride * term.coefficient());
        last += term.coefficient() * (evaluation.einsum().bound(term.dimension()) - 1L);
      }
      stride *= last + 1;
    }
    long[] addresses = new long[positions];
    for (UnitIndices.Side side : sides) {
      long step = steps.getOrDefault(side.dimension(), 0L);
      for (int p = 0; p < positions; p++) {
        addresses[p] += step * side.at(p);
      }
    }
    return addresses;
  }

  private void along(Tensor tensor, long[] addresses, boolean x, List<String> parts) {
    int lines = x ? units.rows() : units.columns();
    int most = 0;
    int different = 0;
    boolean own = true;
    boolean same = true;
    Set<Long> seen = new HashSet<>();
    for (int line = 0; line < lines; line++) {
      seen.clear();
      int working = 0;
      for (int p = 0; p < addresses.length; p++) {
        if (x ? units.busy(p, line) : units.busy(line, p)) {
          working++;
          seen.add(addresses[p]);
        }
      }
      own &= seen.size() == working;
      same &= seen.size() <= 1;
      if (working > most || working == most && seen.size() > different) {
        most = working;
        different = seen.size();
      }
    }
    if (most > 1) {
      parts.add(words(tensor, x, own ? Kind.OWN : same ? Kind.SAME : Kind.SOME, different, most));
    }
  }

  private enum Kind {
    OWN,
    SAME,
    SOME
  }

  private String words(Tensor tensor, boolean x, Kind kind, int different, int units) {
    String place = x ? "column" : "row";
    boolean written = tensor.role() == Operand.OUTPUT;
    boolean apart = apart(tensor, x);
    return switch (kind) {
      case OWN -> "each " + place + " its own";
      case SAME ->
          written
              ? "summed over all " + place + "s" + (apart ? " (one by one)" : "")
              : "the same for all " + place + "s " + way(apart);
      case SOME ->
          written
              ? "%d %ss are summed to %d%s"
                  .formatted(units, place, different, apart ? " (one by one)" : "")
              : "%d different for %d %ss %s".formatted(different, units, place, way(apart));
    };
  }

  private static String way(boolean apart) {
    return apart ? "(sent to each)" : "(multicast)";
  }

  /** Whether a level whose loops unroll along the side serves each unit by itself. */
  private boolean apart(Tensor tensor, boolean x) {
    for (Mapping.Level level : evaluation.mapping().levels()) {
      List<Einsum.Loop> loops = x ? level.spatialX() : level.spatialY();
      if (level.unicast().contains(tensor.name()) && loops.stream().anyMatch(o -> o.bound() > 1)) {
        return true;
      }
    }
    return false;
  }

  private void diagonal(Tensor tensor, long[] columns, long[] rows, List<String> lines) {
    Set<Long> elements = new HashSet<>();
    Set<List<Long>> pairs = new HashSet<>();
    long working = 0;
    for (int x = 0; x < columns.length; x++) {
      for (int y = 0; y < rows.length; y++) {
        if (units.busy(x, y)) {
          working++;
          elements.add(columns[x] + rows[y]);
          pairs.add(List.of(columns[x], rows[y]));
        }
      }
    }
    if (elements.size() < pairs.size()) {
      lines.add(
          "%s: %s along the diagonals, %s for %s units"
              .formatted(
                  tensor.name(),
                  tensor.role() == Operand.OUTPUT ? "summed" : "the same",
                  SignificantDigits.count(elements.size()),
                  SignificantDigits.count(working)));
    }
  }

  /** The dimensions along the sides, as {@code P along X, S along Y}. */
  static String sides(UnitIndices units) {
    List<String> parts = new ArrayList<>();
    side(units.alongX(), "X", parts);
    side(units.alongY(), "Y", parts);
    return parts.isEmpty() ? "nothing unrolled" : String.join(", ", parts);
  }

  private static void side(List<UnitIndices.Side> sides, String name, List<String> parts) {
    if (!sides.isEmpty()) {
      parts.add(
          sides.stream().map(UnitIndices.Side::dimension).collect(Collectors.joining(" and "))
              + " along "
              + name);
    }
  }
}
