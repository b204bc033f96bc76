package dance.space;

import dance.check.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The built-in operations by the words of space files: {@code mb3e6}, {@code conv3x3}, the cell
 * operations, those with {@code +add} where a node sums its edges, and single ones by their labels.
 */
final class OperationNames {
  private static final String ADD = "+add";
  private static final String NORMALIZED = "normalized-classifier";
  private static final Pattern MB_CONV = Pattern.compile("mb(\\d{1,2})e(\\d{1,2})");
  private static final Pattern CONVOLUTION = Pattern.compile("conv(\\d{1,2})x\\1");

  private static final List<Operation> SINGLE = new ArrayList<>(List.of(CellOperation.values()));

  static {
    SINGLE.addAll(List.of(Zero.ZERO, Identity.IDENTITY, Residual.RESIDUAL, new Classifier(false)));
  }

  private OperationNames() {}

  static Operation byName(String word) {
    Matcher mbConv = MB_CONV.matcher(word);
    if (mbConv.matches()) {
      return Operation.mbConv(number(mbConv, 1), number(mbConv, 2));
    }
    Matcher convolution = CONVOLUTION.matcher(word);
    if (convolution.matches()) {
      return new Convolution(number(convolution, 1));
    }
    if (word.endsWith(ADD)) {
      return new SumNode(byName(word.substring(0, word.length() - ADD.length())));
    }
    if (word.equals(NORMALIZED)) {
      return new Classifier(true);
    }
    List<String> known = new ArrayList<>(SINGLE.stream().map(Operation::label).toList());
    int found = known.indexOf(word);
    if (found >= 0) {
      return SINGLE.get(found);
    }
    known.addAll(List.of(NORMALIZED, "mb3e6", "conv3x3"));
    throw new IllegalArgumentException(
        "operation "
            + word
            + " is none like "
            + String.join(", ", known)
            + "."
            + Nearest.maybe(word, known));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  static String of(Operation operation) {
    Function<Operation, String> word =
        o -> o instanceof Classifier c && c.normalized() ? NORMALIZED : o.label();
    String name =
        operation instanceof SumNode sum
            ? word.apply(sum.operation()) + ADD
            : word.apply(operation);
    try {
      if (byName(name).equals(operation)) {
        return name;
      }
    } catch (IllegalArgumentException none) {
      // said below
    }
    throw new IllegalArgumentException(
        "operation " + name + " is written in Java: files have the built-in ones only");
  }
}
