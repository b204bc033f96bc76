package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dance.Dance;
import dance.accelerator.Accelerators;
import dance.accelerator.Dataflow;
import dance.cost.Design;
import dance.cost.Metric;
import dance.cost.ParetoFront;
import dance.evaluate.CostTable;
import dance.evaluate.HardwareOracle;
import dance.simulate.mapping.Evaluation;
import dance.space.Genotype;
import dance.workload.Networks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the notebooks say, held against the numbers that they show: a sentence is checked in the
 * committed outputs, which {@link NotebooksTest} compares with a run.
 */
class NotebookClaimsTest {
  private static final String EDP = "EDP [mJ·ms]";

  /** A sentence as it stands in a notebook, and what it says of the notebook's outputs. */
  record Claim(String notebook, String sentence, Consumer<ShownTables> holds) {
    @Override
    public String toString() {
      return notebook + ": " + sentence;
    }
  }

  static Stream<Claim> claims() {
    return Stream.of(
        new Claim(
            "01",
            "weights are read from the DRAM once, inputs twice",
            shown -> {
              ShownTables.Table words = shown.table("record Reuse", "words");
              assertThat(shown.text("best")).containsPattern("DRAM +Weights +1 +884,736 +884,736");
              assertThat(words.number("Weights", "words")).isEqualTo(884_736);
              assertThat(shown.text("\"DRAM.reads.Inputs\"")).contains("= 115,200 words");
              assertThat(words.number("Inputs", "words")).isEqualTo(115_200 / 2);
            }),
        new Claim(
            "01",
            "weight- and row-stationary end at the same figures; output-stationary needs"
                + " a little less energy, but more time, and so loses on their product (EDP)",
            shown -> {
              ShownTables.Table ways = byDataflow(shown.table("ways", EDP));
              for (String column : List.of("latency [ms]", "energy [mJ]", EDP)) {
                assertThat(ways.number("weight-stationary", column))
                    .isEqualTo(ways.number("row-stationary", column));
              }
              assertThat(ways.number("output-stationary", "energy [mJ]"))
                  .isLessThan(ways.number("row-stationary", "energy [mJ]"));
              assertThat(ways.number("output-stationary", EDP))
                  .isGreaterThan(ways.number("row-stationary", EDP));
            }),
        new Claim(
            "01",
            "169 MACs for a weight, thousands for an input or an output",
            shown -> {
              ShownTables.Table reuse = shown.table("record Reuse", "macs per word");
              assertThat(reuse.number("Weights", "macs per word")).isEqualTo(169);
              assertThat(reuse.number("Inputs", "macs per word")).isGreaterThan(2000);
              assertThat(reuse.number("Outputs", "macs per word")).isGreaterThan(2000);
            }),
        new Claim(
            "02",
            "they lie within a fifth of each other in energy × delay (EDP), in the order"
                + " row, output, weight",
            shown -> {
              ShownTables.Table ways = shown.table("ways.add(simulate", EDP);
              double row = ways.number("row-stationary", EDP);
              double output = ways.number("output-stationary", EDP);
              double weight = ways.number("weight-stationary", EDP);
              assertThat(row).isLessThan(output);
              assertThat(output).isLessThan(weight);
              assertThat(weight / row).isLessThan(1.2);
            }),
        new Claim(
            "02",
            "18 % in energy × delay between the best and the worst of them",
            shown -> {
              ShownTables.Table ways = shown.table("ways.add(simulate", EDP);
              assertThat(ways.number("weight-stationary", EDP) / ways.number("row-stationary", EDP))
                  .isCloseTo(1.18, within(0.005));
            }),
        new Claim(
            "02",
            "row-stationary, every layer lies within 3 % of the roof",
            NotebookClaimsTest::rowStationaryReachesTheRoof),
        new Claim(
            "02",
            "row-stationary misses it nowhere by more than 3 %, weight-stationary by up to"
                + " half for depthwise layers",
            shown -> {
              rowStationaryReachesTheRoof(shown);
              assertThat(overRoof(shown).number("depthwise", "weight stationary [%]"))
                  .isBetween(45.0, 50.0);
            }),
        new Claim(
            "02",
            "weight-stationary, some layers hang below the roof",
            shown ->
                assertThat(overRoof(shown).numbers("weight stationary [%]"))
                    .anyMatch(over -> over > 10)),
        new Claim(
            "02",
            "weight-stationary they take a third longer (1.354 against 1.025 ms)",
            shown -> {
              ShownTables.Table kinds = shown.table("record Kind(", "weight stationary [ms]");
              assertThat(kinds.number("depthwise", "weight stationary [ms]"))
                  .isCloseTo(1.354, within(0.0005));
              assertThat(kinds.number("depthwise", "row stationary [ms]"))
                  .isCloseTo(1.025, within(0.0005));
              assertThat(1.354 / 1.025).isCloseTo(4 / 3.0, within(0.02));
            }),
        new Claim(
            "02",
            "7 of 16 rows have nothing to do",
            shown -> {
              Evaluation stem =
                  Dance.map(
                          Networks.byName("mobilenetv2").layers().get(0),
                          Accelerators.byName("template:16x16:rf16:rs"),
                          o -> o.dataflow(Dataflow.WEIGHT_STATIONARY))
                      .evaluation();
              int rows =
                  stem.mapping().levels().get(1).spatialY().stream()
                      .mapToInt(loop -> loop.bound())
                      .reduce(1, (a, b) -> a * b);
              assertThat(16 - rows).isEqualTo(7);
            }),
        new Claim(
            "02",
            "what a dataflow can change is the smaller part",
            shown -> {
              ShownTables.Table shares = shown.table("record Share", "GLB [%]");
              ShownTables.Table ways = shown.table("ways.add(simulate", "energy [mJ]");
              double[] dram = new double[3];
              List<String> names = List.of("weight", "output", "row");
              List<String> labels = List.of("ws", "os", "rs");
              for (int w = 0; w < 3; w++) {
                double traffic =
                    shares.number(labels.get(w), "GLB [%]")
                        + shares.number(labels.get(w), "RF [%]");
                assertThat(traffic).as("a tenth of the energy").isBetween(8.0, 12.0);
                dram[w] =
                    shares.number(labels.get(w), "DRAM [%]")
                        * ways.number(names.get(w) + "-stationary", "energy [mJ]");
              }
              Arrays.sort(dram);
              assertThat(dram[2] / dram[0]).as("within 1 %").isLessThan(1.01);
            }),
        new Claim(
            "02",
            "weight-stationary is never best alone",
            shown ->
                assertThat(shown.table("record Wins", "best alone").number("weight", "best alone"))
                    .isZero()),
        new Claim(
            "03",
            "a larger array pays up to about 20 × 20; from there to 24 × 24 the cost"
                + " changes by 1 %",
            shown -> {
              ShownTables.Table sides = shown.table("record Side", "edap");
              List<Double> edap = sides.numbers("edap");
              for (int side = 1; side < 4; side++) {
                assertThat(edap.get(side)).isLessThan(0.9 * edap.get(side - 1));
              }
              assertThat(edap.get(4) / edap.get(3)).isBetween(0.99, 1.01);
              assertThat(shown.text("record Side")).contains("16 × 24");
            }),
        new Claim(
            "03",
            "16 × 24 is the best of all",
            shown ->
                assertThat(
                        shown
                            .table("oracle(costs, network)", "accelerator")
                            .column("accelerator")
                            .get(0))
                    .startsWith("template:16x24:")),
        new Claim(
            "03",
            "whatever one is ready to pay in energy for speed, the design to take is"
                + " row-stationary",
            shown -> {
              Genotype network =
                  Genotype.parse("mb5e6,mb3e3,mb3e3,mb5e6,mb3e6,mb3e3,mb7e6,mb5e3,mb3e3");
              List<Design> all = HardwareOracle.of(CostTable.bundled("cifar")).all(network);
              assertThat(ParetoFront.of(all, Metric.LATENCY, Metric.ENERGY).points())
                  .isNotEmpty()
                  .allMatch(design -> design.accelerator().dataflow().label().equals("rs"));
            }),
        new Claim(
            "03",
            "by EDAP the largest array is the best for six networks of ten; the others want"
                + " 16 or 20 columns, or fewer rows",
            shown -> {
              String edap = shown.text("Landscape.of(costs, objective").split("cifar × dance, ")[1];
              assertThat(share(edap, "template:24x24:rf16:rs")).isBetween(60.0, 65.0);
              Matcher others =
                  Pattern.compile("template:(\\d+)x(\\d+):\\S+ +[\\d.]+ %").matcher(edap);
              while (others.find()) {
                assertThat(
                        others.group(1).matches("16|20")
                            || Integer.parseInt(others.group(2)) < 24
                            || others.group().contains("24x24"))
                    .isTrue();
              }
            }),
        new Claim(
            "03",
            "dataflow and register file matter most; the sides of the array count for more"
                + " where area is not paid for",
            shown -> {
              String[] parts = shown.text("Landscape.of(costs, objective").split("cifar × dance, ");
              for (int objective = 1; objective <= 3; objective++) {
                double sides =
                    Math.max(
                        variance(parts[objective], "pe_x"), variance(parts[objective], "pe_y"));
                assertThat(variance(parts[objective], "dataflow")).isGreaterThan(sides);
                assertThat(variance(parts[objective], "rf")).isGreaterThan(sides);
              }
              assertThat(variance(parts[2], "pe_x")).isGreaterThan(2 * variance(parts[1], "pe_x"));
            }),
        new Claim(
            "03",
            "the kernel decides the register file: mostly 4 or 8 words for 3 × 3, 16 for 7"
                + " × 7, either of 8 and 16 in between",
            shown -> {
              ShownTables.Table blocks = shown.table("record Single", "mb3e3");
              assertThat(blocks.column("mb3e3")).allMatch(design -> design.matches(".*:rf[48]:.*"));
              assertThat(
                      blocks.column("mb3e6").stream()
                          .filter(d -> d.matches(".*:rf[48]:.*"))
                          .count())
                  .isGreaterThan(blocks.rows().size() / 2);
              for (String five : List.of("mb5e3", "mb5e6")) {
                assertThat(blocks.column(five))
                    .allMatch(design -> design.matches(".*:rf(8|16):.*"));
              }
              for (String seven : List.of("mb7e3", "mb7e6")) {
                assertThat(blocks.column(seven)).allMatch(design -> design.contains(":rf16:"));
              }
            }),
        new Claim(
            "03",
            "it never loses to what it contains, and loses one cell in six to what it does"
                + " not",
            shown -> {
              ShownTables.Table cells = shown.table("record Comparison", "worse [%]");
              assertThat(cells.number("ws", "worse [%]")).isZero();
              assertThat(cells.number("os", "worse [%]")).isCloseTo(100 / 6.0, within(0.5));
            }),
        new Claim(
            "03",
            "by EDAP the median design costs twice as much as the best one, the worst more"
                + " than seven times",
            shown -> {
              String edap = shown.text("Landscape.of(costs, objective").split("cifar × dance, ")[1];
              assertThat(edap)
                  .contains("median design costs  2.1")
                  .contains("worst design costs   7.");
            }),
        new Claim(
            "03",
            "one design for all loses half a percent on average here, a third in the small"
                + " space, but 5 % (22 % at most) on NAS-Bench-201",
            shown -> {
              ShownTables.Table single = shown.table("record Single", "mean loss [%]");
              assertThat(single.number("cifar", "mean loss [%]")).isCloseTo(0.5, within(0.05));
              assertThat(single.number("mini", "mean loss [%]")).isCloseTo(1 / 3.0, within(0.03));
              assertThat(single.number("nasbench201", "mean loss [%]")).isCloseTo(5, within(0.2));
              assertThat(single.number("nasbench201", "worst loss [%]")).isCloseTo(22, within(0.5));
            }),
        new Claim(
            "04",
            "the best constant guess for all designs moves towards the cheap ones",
            shown -> {
              ShownTables.Table guesses = shown.table("record Guess", "guess");
              assertThat(guesses.number("squared relative", "guess"))
                  .isLessThan(guesses.number("squared", "guess"));
            }),
        new Claim(
            "04",
            "the shares of the hard draws are the probabilities",
            shown -> {
              ShownTables.Table draws = shown.table("record Draws", "first");
              assertThat(draws.numbers("first")).allMatch(p -> Math.abs(p - 0.6) < 0.01);
              assertThat(draws.numbers("third")).allMatch(p -> Math.abs(p - 0.1) < 0.01);
            }),
        new Claim(
            "04",
            "without forwarding, errors of latency and energy are some twenty times as" + " large",
            shown -> {
              ShownTables.Table trained = shown.table("record Trained", "latency error [%]");
              for (String column : List.of("latency error [%]", "energy error [%]")) {
                assertThat(
                        trained.number("without", column)
                            / trained.number("with forwarding", column))
                    .isBetween(10.0, 60.0);
              }
            }),
        new Claim(
            "04",
            "predictions follow the truth over the whole range",
            shown ->
                assertThat(first(shown.text("fidelity(Metric"), "mean relative error ([\\d.]+) %"))
                    .isLessThan(3)),
        new Claim(
            "04",
            "the mean says little about the worst",
            shown -> {
              ShownTables.Table report = shown.table("bundled.fidelity()", "near optimum");
              for (String metric : List.of("latency", "energy", "area")) {
                assertThat(cell(report, "error of " + metric + ", 99 % [%]", 1))
                    .isGreaterThan(5 * cell(report, "error of " + metric + ", mean [%]", 1));
              }
            }),
        new Claim(
            "04",
            "whose error is larger than that of any of its three factors",
            shown -> {
              double edap = first(shown.text("fidelity(Metric"), "mean relative error ([\\d.]+) %");
              ShownTables.Table trained = shown.table("record Trained", "latency error [%]");
              for (String metric : List.of("latency", "energy", "area")) {
                assertThat(edap)
                    .isGreaterThan(trained.number("with forwarding", metric + " error [%]"));
              }
            }),
        new Claim(
            "04",
            "estimates of latency and energy err by 0.2 to 0.4 % on average, near the"
                + " optimum, too, but by 2 % or more once in a hundred times",
            shown -> {
              ShownTables.Table report = shown.table("bundled.fidelity()", "near optimum");
              for (String column : List.of("all", "near optimum")) {
                for (String metric : List.of("latency", "energy")) {
                  int at = 1 + report.columns().indexOf(column);
                  assertThat(cell(report, "error of " + metric + ", mean [%]", at))
                      .isBetween(0.2, 0.4);
                  assertThat(cell(report, "error of " + metric + ", 99 % [%]", at))
                      .isGreaterThan(1.9);
                }
              }
            }),
        new Claim(
            "04",
            "it fails between neighbours",
            shown ->
                assertThat(shown.table("record Miss", "loss [%]").numbers("loss [%]"))
                    .allMatch(loss -> loss < 0.5)),
        new Claim(
            "05",
            "half of its blocks are left out",
            shown ->
                assertThat(shown.text("var found = explore"))
                    .containsPattern("^(?=.*zero.*zero)(?!.*zero.*zero.*zero)")),
        new Claim(
            "05",
            "A larger λ never finds a dearer or a more accurate network; from 0.1 to 0.3"
                + " nothing changes",
            shown -> {
              List<double[]> found =
                  Pattern.compile("accuracy ([\\d.]+) +EDAP ([\\d.]+)")
                      .matcher(shown.text("for (double lambda"))
                      .results()
                      .map(
                          m ->
                              new double[] {
                                Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))
                              })
                      .toList();
              assertThat(found).hasSize(5);
              for (int i = 1; i < found.size(); i++) {
                assertThat(found.get(i)[0]).isLessThanOrEqualTo(found.get(i - 1)[0]);
                assertThat(found.get(i)[1]).isLessThanOrEqualTo(found.get(i - 1)[1]);
              }
              assertThat(found.get(4)).isEqualTo(found.get(3));
            }),
        new Claim(
            "05",
            "Both limits are kept, the second at the price of accuracy",
            shown -> {
              String text = shown.text("for (double limit");
              assertThat(text).doesNotContain("kept: false");
              List<Double> accuracies =
                  Pattern.compile("accuracy ([\\d.]+)")
                      .matcher(text)
                      .results()
                      .map(m -> Double.valueOf(m.group(1)))
                      .toList();
              assertThat(accuracies.get(1)).isLessThan(accuracies.get(0));
            }),
        new Claim(
            "06",
            "DANCE with the exact evaluator finds the optimum with every seed, and so does"
                + " the FLOPs penalty",
            shown -> {
              assertThat(regret(shown, "DANCE exact")).isZero();
              assertThat(regret(shown, "FLOPs penalty")).isZero();
            }),
        new Claim(
            "06",
            "Random search is beaten by every method that searches both",
            shown -> {
              for (String method :
                  List.of("DANCE exact", "hill climbing", "NSGA-II", "REINFORCE")) {
                assertThat(regret(shown, method)).isLessThan(regret(shown, "random"));
              }
            }),
        new Claim(
            "06",
            "By evaluations, hill climbing needs the fewest",
            shown -> {
              for (String method :
                  List.of("DANCE straight-through", "NSGA-II", "REINFORCE", "random")) {
                assertThat(regret(shown, "hill climbing")).isLessThan(regret(shown, method));
              }
            }),
        residuals("every part is within 5 %", "var area = eyeriss.area()", 5),
        residuals("every layer within 2 %", "double[] bufferMb", 2),
        residuals("every layer within 15 %, all of them within 8 %", "double[] dramMb", 15),
        residuals("every layer within 10 %", "double[] mw", 10),
        residuals(
            "every layer of AlexNet within 15 %, all five within 8 %", "List<Figure> time", 15),
        residuals("Claim: within 20 %", "record Vgg", 20),
        new Claim(
            "09",
            "the chicken-and-egg problem nearly dissolves",
            shown -> {
              ShownTables.Table ways = shown.table("var coupled", "regret [%]");
              for (List<String> row : ways.rows()) {
                if (row.get(0).startsWith("alternating")) {
                  assertThat(row.subList(1, row.size()))
                      .allMatch(regret -> Double.parseDouble(regret) <= 0.1);
                }
              }
              double[] first =
                  ways.rows().stream()
                      .filter(row -> row.get(0).equals("network first"))
                      .flatMap(row -> row.stream().skip(1))
                      .mapToDouble(Double::parseDouble)
                      .toArray();
              assertThat(first).isSorted();
              assertThat(first[first.length - 1]).isGreaterThan(10);
            }),
        new Claim(
            "09",
            "Under limits a fixed chip loses most",
            shown -> {
              ShownTables.Table grid = shown.table("LimitGrid", "jointly [%]");
              assertThat(grid.rows()).hasSize(12);
              for (List<String> row : grid.rows()) {
                int last = row.size() - 1;
                double jointly = Double.parseDouble(row.get(2));
                // from the right: MAC budget, fixed chip worst and mean, alternating worst and mean
                assertThat(Double.parseDouble(row.get(last))).isEqualTo(jointly);
                assertThat(Double.parseDouble(row.get(last - 2))).isLessThan(jointly - 1);
                assertThat(Double.parseDouble(row.get(last - 3))).isEqualTo(jointly);
              }
            }),
        new Claim(
            "07",
            "the limit decides the side",
            shown -> {
              ShownTables.Table pairs = shown.table("record Pair", "chip");
              assertThat(pairs.column("chip"))
                  .hasSize(18)
                  .allMatch(chip -> chip.contains("side=12"));
              assertThat(pairs.column("chip").subList(0, 2))
                  .allMatch(c -> c.endsWith("buffer_kb=1"));
              assertThat(pairs.column("chip").subList(2, 18))
                  .allMatch(c -> c.endsWith("buffer_kb=4"));
            }),
        new Claim(
            "07",
            "the operation decides the side, and 12 is never the best",
            shown -> {
              ShownTables.Table blocks = shown.table("Landscape.of(costs", "plain");
              assertThat(blocks.column("plain")).allMatch(chip -> chip.contains("side=16:"));
              assertThat(blocks.column("separable")).allMatch(chip -> chip.contains("side=8:"));
            }),
        new Claim(
            "07",
            "The front for the heaviest network has three steps, the sides; within a step the"
                + " buffer grows, and saves 17 % at most",
            shown -> {
              List<List<Double>> steps = steps(shown);
              assertThat(steps).hasSize(3);
              for (List<Double> step : steps) {
                assertThat(1 - step.get(step.size() - 1) / step.get(0)).isBetween(0.0, 0.175);
              }
              assertThat(steps)
                  .anyMatch(step -> 1 - step.get(step.size() - 1) / step.get(0) > 0.165);
            }),
        new Claim(
            "07",
            "a larger side buys more than a larger buffer",
            shown -> {
              List<List<Double>> steps = steps(shown);
              for (int side = 1; side < steps.size(); side++) {
                List<Double> smaller = steps.get(side - 1);
                double bySide = smaller.get(0) - steps.get(side).get(0);
                assertThat(bySide).isGreaterThan(smaller.get(0) - smaller.get(smaller.size() - 1));
              }
            }));
  }

  /** EDP along the front of notebook 07, a list for each side of the array. */
  private static List<List<Double>> steps(ShownTables shown) {
    ShownTables.Table front = shown.table("var heaviest", EDP);
    return Stream.of(8, 12, 16)
        .map(
            side ->
                front.column("accelerator").stream()
                    .filter(chip -> chip.startsWith("small:side=" + side + ":"))
                    .map(chip -> front.number(chip, EDP))
                    .toList())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("claims")
  void aSentenceStandsInItsNotebookAndItsNumbersSayTheSame(Claim claim) {
    ShownTables shown = ShownTables.of(claim.notebook());
    assertThat(shown.prose()).contains(claim.sentence());
    claim.holds().accept(shown);
  }

  @Test
  void everySentenceThatIsMarkedAsAClaimIsChecked() {
    List<String> sentences = claims().map(Claim::sentence).toList();
    for (int number = 1; number <= 9; number++) {
      String prose = ShownTables.of(String.format(Locale.ROOT, "%02d", number)).prose();
      Matcher marked = Pattern.compile("\\*\\*Claim: (.*?)\\*\\*").matcher(prose);
      while (marked.find()) {
        String claim = marked.group(1);
        assertThat(sentences)
            .as(number + ": " + claim)
            .anyMatch(
                s ->
                    claim.contains(s.replace("Claim: ", ""))
                        || s.contains(claim.replaceAll("[.,]$", "")));
      }
    }
  }

  private static ShownTables.Table overRoof(ShownTables shown) {
    return shown.table("record OverRoof", "row stationary [%]");
  }

  private static void rowStationaryReachesTheRoof(ShownTables shown) {
    assertThat(overRoof(shown).numbers("row stationary [%]"))
        .allMatch(over -> over >= 0 && over <= 3);
  }

  /** A claim of notebook 08 on all figures of a table. */
  private static Claim residuals(String sentence, String code, double percent) {
    return new Claim(
        "08",
        sentence,
        shown ->
            assertThat(shown.table(code, "residual [%]").numbers("residual [%]"))
                .isNotEmpty()
                .allMatch(residual -> Math.abs(residual) <= percent));
  }

  private static double share(String landscape, String design) {
    return first(landscape, Pattern.quote(design) + " +([\\d.]+) %");
  }

  private static double variance(String landscape, String axis) {
    return first(landscape, "\n" + axis + " +([\\d.]+)");
  }

  private static double regret(ShownTables shown, String method) {
    return first(shown.text("mean regret"), method + " +mean regret +([\\d.]+) %");
  }

  private static double first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /** The report of fidelity has no heading above its names. */
  private static double cell(ShownTables.Table report, String row, int at) {
    List<String> cells =
        report.rows().stream().filter(r -> r.get(0).equals(row)).findFirst().orElseThrow();
    return Double.parseDouble(cells.get(at));
  }

  /** Rows by dataflow instead of by network. */
  private static ShownTables.Table byDataflow(ShownTables.Table table) {
    int at = table.columns().indexOf("dataflow");
    List<List<String>> rows =
        table.rows().stream()
            .map(row -> Stream.concat(Stream.of(row.get(at)), row.stream()).toList())
            .toList();
    return new ShownTables.Table(
        Stream.concat(Stream.of("by"), table.columns().stream()).toList(), rows);
  }
}
