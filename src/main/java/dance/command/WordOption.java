package dance.command;

import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.check.Nearest;
import dance.cost.Objective;
import dance.search.SearchMethods;
import dance.simulate.mapping.Accounting;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option whose value is one of a closed set of words. */
abstract class WordOption<T> implements ITypeConverter<T> {
  private final Map<String, T> values;

  private WordOption(Map<String, T> values) {
    this.values = new TreeMap<>(values);
  }

  @Override
  public T convert(String word) {
    T value = values.get(word.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw new TypeConversionException(
          "'" + word + "' is not one of " + String.join(", ", values.keySet()));
    }
    return value;
  }

  /** The objective of a mapping. */
  static final class OfObjective extends WordOption<Objective> {
    OfObjective() {
      super(Map.of("edp", Objective.EDP, "energy", Objective.ENERGY, "latency", Objective.LATENCY));
    }
  }

  /** How accesses are counted. */
  static final class OfAccounting extends WordOption<Accounting> {
    OfAccounting() {
      super(Map.of("exact", Accounting.EXACT, "timeloop", Accounting.TIMELOOP));
    }
  }

  /** Who prices accelerators in a gradient search. */
  static final class OfEvaluator implements ITypeConverter<SearchMethods> {
    @Override
    public SearchMethods convert(String word) {
      return method(word, SearchMethods.EVALUATING);
    }
  }

  /** A search method. */
  static final class OfMethod implements ITypeConverter<SearchMethods> {
    @Override
    public SearchMethods convert(String word) {
      return method(word, List.of(SearchMethods.values()));
    }
  }

  private static SearchMethods method(String word, List<SearchMethods> among) {
    try {
      return SearchMethods.byName(word, among);
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }

  /** The names of search methods, for the help text. */
  static final class MethodNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SearchMethods.names().iterator();
    }
  }

  /** Whose costs a preset or a template has. */
  static final class OfTechnology implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      String plain = word.toLowerCase(Locale.ROOT);
      if (!Accelerators.COSTS.contains(plain)) {
        throw new TypeConversionException(
            "'"
                + word
                + "' is not one of "
                + String.join(", ", Accelerators.COSTS)
                + Nearest.to(plain, Accelerators.COSTS)
                    .map(n -> ". Maybe " + n + " was meant.")
                    .orElse(""));
      }
      return plain;
    }
  }

  /** A dataflow by its short name. */
  static final class OfDataflow extends WordOption<Dataflow> {
    OfDataflow() {
      super(
          Map.of(
              "ws", Dataflow.WEIGHT_STATIONARY,
              "os", Dataflow.OUTPUT_STATIONARY,
              "rs", Dataflow.ROW_STATIONARY));
    }
  }
}
