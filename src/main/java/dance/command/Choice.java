package dance.command;

import dance.accelerator.Dataflow;
import dance.cost.Objective;
import dance.simulate.mapping.Accounting;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option whose value is one of a closed set of words. */
abstract class Choice<T> implements ITypeConverter<T> {
  private final Map<String, T> values;

  private Choice(Map<String, T> values) {
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
  static final class OfObjective extends Choice<Objective> {
    OfObjective() {
      super(Map.of("edp", Objective.EDP, "energy", Objective.ENERGY, "latency", Objective.LATENCY));
    }
  }

  /** How accesses are counted. */
  static final class OfAccounting extends Choice<Accounting> {
    OfAccounting() {
      super(Map.of("exact", Accounting.EXACT, "timeloop", Accounting.TIMELOOP));
    }
  }

  /** The evaluator of a search. */
  static final class OfEvaluator extends Choice<ExploreCommand.EvaluatorKind> {
    OfEvaluator() {
      super(
          Map.of(
              "exact", ExploreCommand.EvaluatorKind.EXACT,
              "neural", ExploreCommand.EvaluatorKind.NEURAL,
              "neural-noff", ExploreCommand.EvaluatorKind.NEURAL_NOFF));
    }
  }

  /** A search method. */
  static final class OfMethod extends Choice<CompareCommand.Method> {
    OfMethod() {
      super(
          Map.of(
              "exact", CompareCommand.Method.EXACT,
              "neural", CompareCommand.Method.NEURAL,
              "neural-noff", CompareCommand.Method.NEURAL_NOFF,
              "accuracy", CompareCommand.Method.ACCURACY,
              "flops", CompareCommand.Method.FLOPS,
              "reinforce", CompareCommand.Method.REINFORCE,
              "nsga2", CompareCommand.Method.NSGA2,
              "random", CompareCommand.Method.RANDOM,
              "hill", CompareCommand.Method.HILL));
    }
  }

  /** A dataflow by its short name. */
  static final class OfDataflow extends Choice<Dataflow> {
    OfDataflow() {
      super(
          Map.of(
              "ws", Dataflow.WEIGHT_STATIONARY,
              "os", Dataflow.OUTPUT_STATIONARY,
              "rs", Dataflow.ROW_STATIONARY));
    }
  }
}
