package dance.space;

import dance.check.Rules;
import java.util.Arrays;
import java.util.List;

/**
 * The operation chosen for each block, by label. Its text is the labels separated by commas: {@code
 * mb3e6,zero,mb5e3}.
 *
 * @param operations one per block, in order
 */
public record Genotype(List<String> operations) {
  /**
   * @throws IllegalArgumentException if there is no operation, or one is not a word
   */
  public Genotype {
    operations = List.copyOf(operations);
    Rules rules = new Rules().require(!operations.isEmpty(), "a genotype needs an operation");
    for (int i = 0; i < operations.size(); i++) {
      rules.require(
          operations.get(i).matches("[^,\\s]+"),
          "operation %d of genotype %s (\"%s\") must be a word",
          i,
          String.join(",", operations),
          operations.get(i));
    }
    rules.check();
  }

  /** The operations of these labels. */
  public static Genotype of(String... operations) {
    return new Genotype(List.of(operations));
  }

  /**
   * Parses the text of {@link #toString}; spaces around labels are ignored. Also accepts cells, as
   * {@link NasBench201#parse} reads them, and the eight digits of {@link NasBenchMacro#parse}.
   *
   * @throws IllegalArgumentException if a label is missing; labels are not checked against a space
   */
  public static Genotype parse(String text) {
    if (text.strip().matches("[0-9]{8}")) {
      return NasBenchMacro.parse(text);
    }
    if (text.contains("|") || text.strip().matches("[0-9]{1,6}")) {
      return NasBench201.parse(text);
    }
    return new Genotype(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }

  @Override
  public String toString() {
    return String.join(",", operations);
  }
}
