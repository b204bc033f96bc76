package dance.notebook.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dance.simulate.count.Analysis;
import dance.simulate.count.RandomCases;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Axis;
import dance.workload.Einsum;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * The indices at the sides of the drawn array and the sentences below it say what an enumeration of
 * the spatial loops finds: loop by loop from the outermost, every iteration is a unit with indices.
 */
class UnitIndicesTest {
  /** A MAC unit. */
  private record Unit(int x, int y) {}

  private final Map<Unit, Map<String, Long>> working = new LinkedHashMap<>();
  private Evaluation evaluation;

  static LongStream seeds() {
    return LongStream.range(0, 120);
  }

  private void enumerate(long seed) {
    RandomCases.Case random = RandomCases.of(seed, 1000);
    evaluation =
        Analysis.of(random.einsum(), random.accelerator())
            .evaluate(random.mapping(), Accounting.EXACT);
    working.clear();
    level(0, 0, 0, new HashMap<>());
  }

  private void level(int l, int x, int y, Map<String, Long> index) {
    if (l == evaluation.mapping().levels().size()) {
      Einsum einsum = evaluation.einsum();
      if (index.entrySet().stream().allMatch(e -> e.getValue() < einsum.bound(e.getKey()))) {
        working.put(new Unit(x, y), index);
      }
      return;
    }
    Mapping.Level level = evaluation.mapping().levels().get(l);
    Map<String, Long> first = new HashMap<>(index);
    level.temporal().forEach(o -> first.merge(o.dimension(), 0L, (i, z) -> i * o.bound()));
    int fanoutX = evaluation.accelerator().levels().get(l).fanoutX();
    int fanoutY = evaluation.accelerator().levels().get(l).fanoutY();
    List<Einsum.Loop> loops = new ArrayList<>(level.spatialY());
    loops.addAll(level.spatialX());
    spread(
        loops,
        level.spatialY().size(),
        0,
        0,
        first,
        (hereX, hereY, indices) -> level(l + 1, x * fanoutX + hereX, y * fanoutY + hereY, indices));
  }

  private interface Found {
    void at(int x, int y, Map<String, Long> index);
  }

  private static void spread(
      List<Einsum.Loop> loops, int alongY, int x, int y, Map<String, Long> index, Found found) {
    if (loops.isEmpty()) {
      found.at(x, y, index);
      return;
    }
    Einsum.Loop loop = loops.get(0);
    for (int i = 0; i < loop.bound(); i++) {
      Map<String, Long> next = new HashMap<>(index);
      next.put(loop.dimension(), index.getOrDefault(loop.dimension(), 0L) * loop.bound() + i);
      spread(
          loops.subList(1, loops.size()),
          alongY - 1,
          alongY > 0 ? x : x * loop.bound() + i,
          alongY > 0 ? y * loop.bound() + i : y,
          next,
          found);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theIndicesDrawnAtTheSidesAddUpToThoseOfTheUnit(long seed) throws Exception {
    enumerate(seed);
    List<Element> drawn = DrawingsTest.elements(AcceleratorDrawing.of(evaluation), "rect");
    drawn.removeIf(e -> !e.hasAttribute("class"));
    List<Double> columns = places(drawn, "x");
    List<Double> rows = places(drawn, "y");
    Map<String, Map<Integer, Long>> alongX = new HashMap<>();
    Map<String, Map<Integer, Long>> alongY = new HashMap<>();
    for (Element label : DrawingsTest.elements(AcceleratorDrawing.of(evaluation), "text")) {
      String[] kind = label.getAttribute("class").split(" ");
      if (kind[0].equals("along-x")) {
        read(label, kind[1], columns, "x", alongX);
      } else if (kind[0].equals("along-y")) {
        read(label, kind[1], rows, "y", alongY);
      }
    }
    for (Einsum.Loop dimension : evaluation.einsum().dimensions()) {
      String name = dimension.dimension();
      Map<Integer, Long> x = alongX.getOrDefault(name, Map.of());
      Map<Integer, Long> y = alongY.getOrDefault(name, Map.of());
      working.forEach(
          (unit, index) -> {
            boolean drawnX = x.isEmpty() || x.containsKey(unit.x);
            boolean drawnY = y.isEmpty() || y.containsKey(unit.y);
            if (drawnX && drawnY) {
              assertThat(x.getOrDefault(unit.x, 0L) + y.getOrDefault(unit.y, 0L))
                  .as(name + " at " + unit)
                  .isEqualTo(index.getOrDefault(name, 0L));
            }
          });
      if (working.values().stream().anyMatch(index -> index.getOrDefault(name, 0L) > 0)) {
        assertThat(x.size() + y.size()).as("labels of " + name).isPositive();
      }
    }
  }

  /** Where columns (or rows) of squares stand, in their order. */
  private static List<Double> places(List<Element> squares, String attribute) {
    return squares.stream()
        .map(e -> Double.parseDouble(e.getAttribute(attribute)))
        .distinct()
        .sorted()
        .toList();
  }

  /** Units along a side of a square, as the drawing says where it is more than one. */
  private int unitsOfASquare() {
    Matcher said =
        Pattern.compile("a square is (\\d+) ×").matcher(AcceleratorDrawing.of(evaluation).svg());
    return said.find() ? Integer.parseInt(said.group(1)) : 1;
  }

  private void read(
      Element label,
      String dimension,
      List<Double> places,
      String attribute,
      Map<String, Map<Integer, Long>> into) {
    double at = Double.parseDouble(label.getAttribute(attribute));
    at -= attribute.equals("y") ? 3.5 : 0; // digits stand on their line
    int position = 0;
    while (position + 1 < places.size() && places.get(position + 1) <= at) {
      position++;
    }
    into.computeIfAbsent(dimension, d -> new TreeMap<>())
        .put(position * unitsOfASquare(), Long.parseLong(label.getTextContent()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSentencesSayHowUnitsShareElements(long seed) throws Exception {
    enumerate(seed);
    List<String> expected = new ArrayList<>();
    for (Tensor tensor : evaluation.einsum().tensors()) {
      String x = along(tensor, true);
      String y = along(tensor, false);
      if (!x.isEmpty() || !y.isEmpty()) {
        expected.add(tensor.name() + ": " + x + (x.isEmpty() || y.isEmpty() ? "" : "; ") + y);
      }
      if (sharedByADiagonal(tensor)) {
        Set<List<Long>> elements = new HashSet<>();
        working.values().forEach(index -> elements.add(element(tensor, index)));
        String how = tensor.role() == Operand.OUTPUT ? "summed" : "the same";
        expected.add(
            "%s: %s along the diagonals, %,d for %,d units"
                .formatted(tensor.name(), how, elements.size(), working.size()));
      }
    }
    assertThat(DrawingsTest.elements(AcceleratorDrawing.of(evaluation), "text"))
        .filteredOn(e -> e.getAttribute("class").equals("sharing"))
        .extracting(Element::getTextContent)
        .isEqualTo(expected);
  }

  /** The element of a tensor that a unit touches, as its indices along the axes. */
  private static List<Long> element(Tensor tensor, Map<String, Long> index) {
    List<Long> element = new ArrayList<>();
    for (Axis axis : tensor.axes()) {
      long at = 0;
      for (Axis.Term term : axis.terms()) {
        at += term.coefficient() * index.getOrDefault(term.dimension(), 0L);
      }
      element.add(at);
    }
    return element;
  }

  private String along(Tensor tensor, boolean x) {
    Map<Integer, List<List<Long>>> lines = new TreeMap<>();
    working.forEach(
        (unit, index) ->
            lines
                .computeIfAbsent(x ? unit.y : unit.x, line -> new ArrayList<>())
                .add(element(tensor, index)));
    List<List<Long>> fullest =
        lines.values().stream()
            .max(
                Comparator.<List<List<Long>>>comparingInt(List::size)
                    .thenComparingInt(line -> new HashSet<>(line).size()))
            .orElseThrow();
    String place = x ? "column" : "row";
    boolean written = tensor.role() == Operand.OUTPUT;
    boolean apart =
        evaluation.mapping().levels().stream()
            .filter(level -> level.unicast().contains(tensor.name()))
            .flatMap(level -> (x ? level.spatialX() : level.spatialY()).stream())
            .anyMatch(loop -> loop.bound() > 1);
    String read = apart ? " (sent to each)" : " (multicast)";
    String summed = apart ? " (one by one)" : "";
    if (fullest.size() == 1) {
      return "";
    } else if (lines.values().stream().allMatch(l -> new HashSet<>(l).size() == l.size())) {
      return "each " + place + " its own";
    } else if (lines.values().stream().allMatch(l -> new HashSet<>(l).size() == 1)) {
      return written
          ? "summed over all " + place + "s" + summed
          : "the same for all " + place + "s" + read;
    }
    int different = new HashSet<>(fullest).size();
    return written
        ? fullest.size() + " " + place + "s are summed to " + different + summed
        : different + " different for " + fullest.size() + " " + place + "s" + read;
  }

  /**
   * Whether two units share an element though the columns of the two, within a row, and the rows,
   * within a column, do not.
   */
  private boolean sharedByADiagonal(Tensor tensor) {
    Map<List<Long>, List<Unit>> sharers = new HashMap<>();
    working.forEach(
        (unit, index) ->
            sharers.computeIfAbsent(element(tensor, index), e -> new ArrayList<>()).add(unit));
    UnitIndices units = UnitIndices.of(evaluation);
    return sharers.values().stream()
        .anyMatch(
            same ->
                same.stream()
                    .anyMatch(
                        unit ->
                            !element(tensor, alone(units.alongX(), unit.x))
                                .equals(element(tensor, alone(units.alongX(), same.get(0).x)))));
  }

  private static Map<String, Long> alone(List<UnitIndices.Side> sides, int position) {
    Map<String, Long> index = new HashMap<>();
    sides.forEach(side -> index.put(side.dimension(), side.at(position)));
    return index;
  }
}
