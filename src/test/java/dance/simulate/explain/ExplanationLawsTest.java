package dance.simulate.explain;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dance.accelerator.Accelerator;
import dance.accelerator.Interconnect;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Technology;
import dance.accelerator.ZeroSavings;
import dance.cost.Ledger;
import dance.simulate.count.Analysis;
import dance.simulate.count.RandomCases;
import dance.simulate.mapping.AccessCounts;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Einsum;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What explanations of any mapping obey, in both accountings, partial tiles included. */
class ExplanationLawsTest {
  private static final int BLOCKS = 10;
  private static final int CASES = 60;

  static IntStream blocks() {
    return IntStream.range(0, BLOCKS);
  }

  private record Sample(String name, Evaluation evaluation, Explainer explainer) {}

  /** Some of the samples, for laws that visit all that is explained. */
  private static List<Sample> some(int block) {
    return samples(block, 4);
  }

  private static List<Sample> samples(int block) {
    return samples(block, CASES);
  }

  private static List<Sample> samples(int block, int cases) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      long seed = 77_000L + block * CASES + i;
      RandomCases.Case c = RandomCases.of(seed, 1000);
      Accelerator accelerator = costly(c.accelerator(), new SplittableRandom(seed));
      Einsum einsum = seed % 2 == 0 ? c.einsum() : c.einsum().zeros(zeros(seed));
      for (Accounting accounting : Accounting.values()) {
        Evaluation evaluation = Analysis.of(einsum, accelerator).evaluate(c.mapping(), accounting);
        samples.add(new Sample(accounting + " " + c, evaluation, Explainer.of(evaluation)));
      }
    }
    return samples;
  }

  private static Layer.Zeros zeros(long seed) {
    RandomGenerator random = new SplittableRandom(~seed);
    return new Layer.Zeros(random.nextDouble(), random.nextDouble(), random.nextDouble());
  }

  /** With every kind of cost: lines, columns, some bandwidths, leakage, networks, a floor. */
  private static Accelerator costly(Accelerator plain, RandomGenerator random) {
    Accelerator costly = plain.overheads(Technology.chip65nm().overheads());
    for (MemoryLevel level : plain.levels()) {
      MemoryLevel changed =
          level
              .leak(random.nextDouble())
              .lineWords(1 + random.nextInt(3))
              .clusterSize(1 + random.nextInt(2));
      if (random.nextBoolean()) {
        changed = changed.bandwidth(0.5 + random.nextInt(8), 0.75 + random.nextInt(8));
      }
      if (random.nextInt(3) == 0) {
        changed =
            changed.interconnect(
                Interconnect.IDEAL
                    .wirePjPerBitMm(0.05)
                    .tileWidthUm(60)
                    .routerPj(0.7)
                    .latency(random.nextInt(9), random.nextInt(9)));
      }
      if (random.nextInt(4) == 0) {
        changed =
            changed.interconnect(changed.interconnect().systolic(Interconnect.Systolic.WEIGHTS));
      }
      costly = costly.level(changed);
    }
    MacUnit mac = new MacUnit("mac", 0.7, 0.3, 0.013, 0);
    return new Accelerator(
        costly.name(),
        costly.levels(),
        mac,
        costly.clockMhz(),
        costly.dataflow(),
        costly.technology(),
        costly.overheads(),
        ZeroSavings.EYERISS);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyCountIsMadeOfItsTermsToTheLastWord(int block) {
    for (Sample sample : samples(block)) {
      for (AccessCounts.Level level : sample.evaluation().counts().levels()) {
        for (AccessCounts.Tensor t : level.tensors()) {
          check(sample, level.name() + ".reads." + t.name(), t.reads());
          check(sample, level.name() + ".fills." + t.name(), t.fills());
          check(sample, level.name() + ".updates." + t.name(), t.updates());
          check(sample, level.name() + ".tile." + t.name(), t.tileWords());
        }
        check(sample, level.name() + ".instances", level.utilizedInstances());
      }
      check(sample, "mac.instances", sample.evaluation().counts().utilizedMacs());
      check(sample, "operations", sample.evaluation().counts().computes());
      check(sample, "cycles.compute", sample.evaluation().counts().computeCycles());
      check(sample, "cycles", sample.evaluation().cycles());
    }
  }

  private static void check(Sample sample, String name, long expected) {
    Explanation explanation = sample.explainer().explain(name);
    assertThat(explanation.value()).as("%s of %s", name, sample.name()).isEqualTo(expected);
    assertThat(remade(explanation)).as("%s of %s", name, sample.name()).isEqualTo(expected);
  }

  /** The value once more, from the deepest terms up. */
  private static long remade(Explanation explanation) {
    Map<String, Explanation> basis = new HashMap<>();
    explanation.basis().forEach(b -> basis.put(b.subject(), b));
    long result = explanation.how() == Explanation.How.PRODUCT ? 1 : 0;
    for (Explanation.Term term : explanation.terms()) {
      long value = term.value().longValue();
      if (basis.containsKey(term.part())
          && basis.get(term.part()).how() != Explanation.How.QUOTIENT) {
        value = remade(basis.get(term.part()));
      }
      if (term instanceof Explanation.Moves moves) {
        value = moves.times() * (moves.words() - moves.overlap());
      }
      result =
          switch (explanation.how()) {
            case SUM -> result + value;
            case PRODUCT -> result * value;
            case MAXIMUM -> Math.max(result, value);
            case QUOTIENT, CONSTANT -> throw new AssertionError("a count is no quotient");
          };
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyAccountIsExplainedToTheLastBit(int block) {
    for (Sample sample : samples(block)) {
      Evaluation evaluation = sample.evaluation();
      for (Ledger.Entry entry : evaluation.ledger().entries()) {
        String tensor = entry.operand().isEmpty() ? "" : "." + entry.operand();
        String name = entry.level() + ".energy." + ExplainedCounts.noun(entry.action()) + tensor;
        Explanation account = sample.explainer().explain(name);
        double product = 1;
        for (Explanation.Term term : account.terms()) {
          product *= term.value().doubleValue();
        }
        assertThat(account.value()).as(sample.name()).isEqualTo(entry.energyPj());
        assertThat(account.terms().isEmpty() ? 0.0 : product)
            .as("%s of %s", name, sample.name())
            .isEqualTo(entry.energyPj());
        if (entry.action() == Ledger.Action.TRANSFER && !account.terms().isEmpty()) {
          assertThat(remade(account.basis().get(0))).isEqualTo(entry.count());
        }
      }
      Explanation all = sample.explainer().explain("energy");
      assertThat(all.value()).isEqualTo(evaluation.energyPj());
      assertThat(all.terms().stream().map(t -> t.value().doubleValue()))
          .containsExactlyInAnyOrderElementsOf(
              evaluation.ledger().entries().stream()
                  .map(Ledger.Entry::energyPj)
                  .filter(pj -> pj != 0)
                  .toList());
      evaluation
          .ledger()
          .byLevel()
          .forEach(
              (level, pj) ->
                  assertThat(sample.explainer().explain(level + ".energy").value()).isEqualTo(pj));
    }
  }

  /** Names as tables, charts and explanations show them, units and lower case included. */
  @ParameterizedTest
  @MethodSource("blocks")
  void everyShownAccountIsExplainedUnderTheNameShown(int block) {
    for (Sample sample : some(block)) {
      Evaluation evaluation = sample.evaluation();
      Map<String, Double> shown = new HashMap<>();
      for (Ledger.Entry e : evaluation.ledger().entries()) {
        String words = e.level() + " " + e.operand() + " " + e.action().name().toLowerCase(ROOT);
        assertShown(sample, words, e.energyPj());
        if (e.action() == Ledger.Action.LEAK) {
          shown.merge("leakage", e.energyPj(), Double::sum);
        } else if (!e.operand().isEmpty()) {
          shown.merge(e.level() + " " + e.operand().toLowerCase(ROOT), e.energyPj(), Double::sum);
          shown.merge(e.operand() + " [mJ]", e.energyPj(), Double::sum);
        }
      }
      evaluation.ledger().byLevel().forEach((level, pj) -> shown.put(level + " [mJ]", pj));
      shown.put("energy [mJ]", evaluation.energyPj());
      shown.forEach((name, pj) -> assertShown(sample, name, pj));
      for (AccessCounts.Level level : evaluation.counts().levels()) {
        for (AccessCounts.Tensor tensor : level.tensors()) {
          String row = level.name() + " " + tensor.name();
          check(sample, row + " reads [words]", tensor.reads());
          check(sample, row + " fills [words]", tensor.fills());
          check(sample, row + " updates [words]", tensor.updates());
          check(sample, row + " tile [words]", tensor.tileWords());
        }
      }
    }
  }

  private static void assertShown(Sample sample, String name, double pj) {
    Explanation explanation = sample.explainer().explain(name);
    assertThat(explanation.value().doubleValue())
        .as("%s of %s", name, sample.name())
        .isCloseTo(pj, withinPercentage(1e-9));
    assertDownToConstants(sample, explanation);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyNumberOfTheTopIsExplainedDownToConstants(int block) {
    for (Sample sample : some(block)) {
      assertDownToConstants(sample, sample.explainer().top());
      assertDownToConstants(sample, sample.explainer().explain("energy"));
      assertDownToConstants(sample, sample.explainer().explain("leakage"));
      sample.explainer().names().forEach(sample.explainer()::explain);
    }
  }

  /** Whole numbers are counts, which other laws follow; all others end in what has a source. */
  private static void assertDownToConstants(Sample sample, Explanation explanation) {
    if (explanation.how() == Explanation.How.CONSTANT) {
      assertThat(explanation.reason()).as(explanation.subject()).isNotBlank();
      assertThat(explanation.terms()).isEmpty();
      return;
    }
    for (Explanation.Term term : explanation.terms()) {
      if (term.value() instanceof Long || term.value() instanceof Integer) {
        continue;
      }
      Explanation part =
          explanation.basis().stream()
              .filter(b -> b.subject().equals(term.part()))
              .findFirst()
              .orElseGet(() -> sample.explainer().explain(term.part()));
      if (!term.part().endsWith("]")) { // in another unit
        assertThat(part.value().doubleValue()).isEqualTo(term.value().doubleValue());
      }
      assertDownToConstants(sample, part);
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void utilizationIsExplainedToTheLastBit(int block) {
    for (Sample sample : samples(block)) {
      Explanation utilization = sample.explainer().explain("utilization");
      assertThat(utilization.value()).isEqualTo(sample.evaluation().utilization());
      assertThat(
              utilization.terms().get(0).value().doubleValue()
                  / utilization.terms().get(1).value().doubleValue())
          .isEqualTo(sample.evaluation().utilization());
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyLoopOutsideATileIsNamedWithItsAdvances(int block) {
    for (Sample sample : samples(block)) {
      ExplainedNest nest = new ExplainedNest(sample.evaluation());
      for (int l = 0; l < nest.levels; l++) {
        Map<String, Long> advances = advances(nest, l);
        for (int t = 0; t < nest.shape.tensors; t++) {
          Map<String, Long> told = new HashMap<>();
          int level = l;
          int tensor = t;
          List<Explanation.Term> terms =
              nest.moves(t, l, () -> nest.counter.received(tensor, level));
          terms.forEach(
              term -> {
                if (term instanceof Explanation.Moves m) {
                  told.merge(m.part(), m.times(), Long::sum);
                  assertThat(m.overlap()).as(sample.name()).isBetween(0L, m.words());
                  assertThat(m.words()).isEqualTo(terms.get(0).value());
                } else if (term instanceof Explanation.PartialMoves m) {
                  told.merge(m.part(), m.times(), Long::sum);
                  assertThat(m.overlap()).as(sample.name()).isBetween(0L, m.words());
                }
              });
          assertThat(told).as("outside %s of %s", nest.level(l), sample.name()).isEqualTo(advances);
        }
      }
    }
  }

  /** Executes the temporal loops outside a level, for the instance with all indices 0. */
  private static Map<String, Long> advances(ExplainedNest nest, int level) {
    List<Integer> loops =
        IntStream.range(0, nest.nest.start[level]).filter(nest::isTemporal).boxed().toList();
    Map<String, Long> advances = new HashMap<>();
    int[] index = new int[loops.size()];
    int[] before = index.clone();
    int l = 0;
    while (l >= 0) {
      l = loops.size() - 1;
      while (l >= 0 && ++index[l] == nest.nest.bound[loops.get(l)]) {
        index[l--] = 0;
      }
      if (l >= 0 && inRange(nest, loops, index)) {
        int outermost = 0;
        while (index[outermost] == before[outermost]) {
          outermost++;
        }
        advances.merge(nest.loop(loops.get(outermost)), 1L, Long::sum);
        before = index.clone();
      }
    }
    return advances;
  }

  private static boolean inRange(ExplainedNest nest, List<Integer> loops, int[] index) {
    long[] position = new long[nest.shape.dimensions];
    for (int i = 0; i < index.length; i++) {
      int loop = loops.get(i);
      position[nest.nest.dimension[loop]] += index[i] * nest.nest.stride[loop];
    }
    return IntStream.range(0, position.length).allMatch(d -> position[d] < nest.shape.bounds[d]);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyTextFitsAHundredColumnsAndStartsWithItsSubject(int block) {
    for (Sample sample : samples(block)) {
      for (String name : sample.explainer().names()) {
        Explanation explanation = sample.explainer().explain(name);
        assertThat(explanation.toString()).startsWith(explanation.subject() + " = ");
        assertThat(explanation.text().lines())
            .as("%s of %s", name, sample.name())
            .allMatch(line -> line.length() <= 100 && !line.isBlank());
      }
    }
  }
}
