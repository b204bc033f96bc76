package dance.lesson;

import dance.Dance;
import dance.accelerator.Dataflow;
import dance.workload.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Answers to the exercises, worked out by hand as formulas of what is given: right ones, and what
 * who makes a usual mistake answers. No jar has them.
 */
public final class ExerciseSolutions {
  /** Found once: it takes the search for three mappings. */
  private static final Map<Map<String, Long>, List<String>> DATAFLOWS = new HashMap<>();

  private ExerciseSolutions() {}

  private static long g(Exercise e, String name) {
    return e.given().get(name);
  }

  /** A right answer. */
  public static Object right(Exercise e) {
    return switch (e.id()) {
      case "1a" -> {
        long p = (g(e, "H") - g(e, "R")) / g(e, "stride") + 1;
        yield g(e, "K") * p * p * g(e, "C") * g(e, "R") * g(e, "R");
      }
      case "1b" -> {
        long h = (g(e, "P") - 1) * g(e, "stride") + g(e, "R");
        yield g(e, "C") * h * h + " words";
      }
      case "1c" -> g(e, "K") * g(e, "P") * g(e, "P") * (g(e, "C") * g(e, "R") * g(e, "R") - 1);
      case "1d" ->
          g(e, "PEs") * g(e, "C") * (g(e, "rows") + g(e, "R") - 1) * (g(e, "Q") + g(e, "R") - 1);
      case "1e" -> g(e, "times") * g(e, "K") * g(e, "C") * 9;
      case "1f" ->
          "DRAM: K=2 \n GLB: K=%d C=%d P=%d Q=%d R=3 S=3"
              .formatted(g(e, "K") / 2, g(e, "C"), g(e, "P"), g(e, "P"));
      case "2a" -> g(e, "K") / g(e, "PEs") * g(e, "C") * 9 * g(e, "P") * g(e, "P");
      case "2b" -> g(e, "depth") + g(e, "columns") - 1 + g(e, "rows") - 1;
      case "2c" -> {
        long iterations = -Math.floorDiv(-g(e, "K"), g(e, "columns"));
        yield (double) g(e, "K") / (iterations * g(e, "columns"));
      }
      case "2d" -> DATAFLOWS.computeIfAbsent(e.given(), given -> dataflows(e)).get(0);
      case "2e" -> array(e, g(e, "columns"));
      case "3a" ->
          (g(e, "DRAM words") * g(e, "DRAM pJ")
                      + g(e, "GLB words") * g(e, "GLB pJ")
                      + g(e, "MACs")
                      + g(e, "cycles") * g(e, "leak pJ"))
                  / 1000.0
              + " nJ";
      case "3b" -> Math.max(g(e, "compute cycles"), 2 * g(e, "words") / g(e, "bytes"));
      case "3c" -> front(e);
      case "3e" -> {
        double mean = 0;
        for (int i = 1; i <= 3; i++) {
          mean += g(e, "p" + i) / 100.0 * g(e, "c" + i);
        }
        yield g(e, "p1") / 100.0 * (g(e, "c1") - mean);
      }
      case "3d" -> {
        long uses = 1;
        while (uses * g(e, "DRAM pJ")
            <= g(e, "DRAM pJ") + g(e, "fill pJ") + uses * g(e, "read pJ")) {
          uses++;
        }
        yield uses;
      }
      default -> throw new IllegalArgumentException(e.id());
    };
  }

  /** Labels of the dataflows, the one of the least energy-delay product first. */
  private static List<String> dataflows(Exercise e) {
    Layer layer = Layer.conv("c", (int) g(e, "C"), (int) g(e, "K")).output((int) g(e, "P"));
    return Stream.of(
            Dataflow.WEIGHT_STATIONARY, Dataflow.OUTPUT_STATIONARY, Dataflow.ROW_STATIONARY)
        .map(dataflow -> Dance.map(layer, "eyeriss", o -> o.dataflow(dataflow)))
        .sorted(Comparator.comparingDouble(result -> result.evaluation().edp()))
        .map(result -> result.evaluation().accelerator().dataflow().label())
        .toList();
  }

  private static String array(Exercise e, long columns) {
    return "DRAM: \n GLB: K=%d P=5 Q=5; X: K=%d; Y: C=%d \n RF: C=%d R=3 S=3"
        .formatted(
            -Math.floorDiv(-g(e, "K"), columns), columns, g(e, "rows"), g(e, "C") / g(e, "rows"));
  }

  private static List<String> front(Exercise e) {
    List<String> front = new ArrayList<>();
    List<String> names = List.of("A", "B", "C", "D", "E", "F");
    for (String one : names) {
      boolean best = true;
      for (String other : names) {
        long ms = g(e, other + " ms") - g(e, one + " ms");
        long mj = g(e, other + " mJ") - g(e, one + " mJ");
        best &= ms > 0 || mj > 0 || ms == 0 && mj == 0;
      }
      if (best) {
        front.add(one);
      }
    }
    return front;
  }

  /** Wrong answers by the name of the mistake that leads to them. */
  public static Map<String, Object> wrong(Exercise e) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    Object right = right(e);
    switch (e.id()) {
      case "1a" -> {
        long h = g(e, "H");
        wrong.put(
            "input size taken for output size",
            g(e, "K") * h * h * g(e, "C") * g(e, "R") * g(e, "R"));
        wrong.put("additions counted, too", 2 * (long) right);
        wrong.put("kernel forgotten", (long) right / (g(e, "R") * g(e, "R")));
        wrong.put("not a number", "many");
        wrong.put("unit", right + " words");
      }
      case "1b" -> {
        long p = g(e, "P") * g(e, "stride");
        wrong.put("halo forgotten", g(e, "C") * p * p);
        wrong.put(
            "words, not bytes", 2 * Long.parseLong(right.toString().split(" ")[0]) + " bytes");
        wrong.put(
            "every position by itself", g(e, "C") * g(e, "P") * g(e, "P") * g(e, "R") * g(e, "R"));
      }
      case "1c" -> {
        long outputs = g(e, "K") * g(e, "P") * g(e, "P");
        wrong.put("first accumulation read back", (long) right + outputs);
        wrong.put("counts partial sums twice", 2 * (long) right + outputs);
        wrong.put("finished outputs only", outputs);
      }
      case "1d" -> {
        long columns = g(e, "Q") + g(e, "R") - 1;
        wrong.put(
            "halo not read again",
            g(e, "C") * (g(e, "PEs") * g(e, "rows") + g(e, "R") - 1) * columns);
        wrong.put("halo forgotten", g(e, "C") * g(e, "PEs") * g(e, "rows") * columns);
        wrong.put(
            "every position by itself",
            g(e, "C") * g(e, "PEs") * g(e, "rows") * g(e, "Q") * g(e, "R") * g(e, "R"));
      }
      case "1e" -> {
        wrong.put("last tile taken as whole", g(e, "times") * 3 * g(e, "tile") * g(e, "C") * 9);
        wrong.put("loop around forgotten", g(e, "K") * g(e, "C") * 9);
      }
      case "1f" -> {
        wrong.put(
            "weights read again",
            "DRAM: P=%d K=2 \n GLB: K=%d C=%d P=1 Q=%d R=3 S=3"
                .formatted(g(e, "P"), g(e, "K") / 2, g(e, "C"), g(e, "P")));
        wrong.put(
            "does not fit",
            "DRAM: \n GLB: K=%d C=%d P=%d Q=%d R=3 S=3"
                .formatted(g(e, "K"), g(e, "C"), g(e, "P"), g(e, "P")));
        wrong.put("not a mapping", "DRAM: K=2");
      }
      case "2a" -> {
        wrong.put("every PE reads for itself", (long) right * g(e, "PEs"));
        wrong.put("kept from cycle to cycle", g(e, "C") * (g(e, "P") + 2) * (g(e, "P") + 2));
      }
      case "2b" -> {
        wrong.put("without fill and drain", g(e, "depth"));
        wrong.put("skew one cycle short", (long) right - 1);
        wrong.put("first PE waits, too", (long) right + 2);
      }
      case "2c" -> {
        wrong.put("last tile taken as whole", "100 %");
        wrong.put("last iteration only", g(e, "K") % g(e, "columns") / (double) g(e, "columns"));
        wrong.put("part of the PEs in percent", 100 * (double) right);
      }
      case "2d" -> {
        List<String> order = DATAFLOWS.get(e.given());
        wrong.put("not the least", order.get(order.size() - 1));
        wrong.put("not a choice", "xs");
      }
      case "2e" -> {
        wrong.put("array not filled", array(e, g(e, "columns") / 2));
        wrong.put(
            "last iterations are partial",
            "DRAM: \n GLB: K=%d P=2 Q=5; X: K=%d; Y: P=%d \n RF: C=%d R=3 S=3"
                .formatted(g(e, "K") / g(e, "columns"), g(e, "columns"), g(e, "rows"), g(e, "C")));
      }
      case "3a" -> {
        double all = Double.parseDouble(right.toString().split(" ")[0]);
        wrong.put("energy without leakage", all - g(e, "cycles") * g(e, "leak pJ") / 1000.0);
        wrong.put("energy without arithmetic", all - g(e, "MACs") / 1000.0 + " nJ");
        wrong.put("pJ, not nJ", 1000 * all);
      }
      case "3b" -> {
        long cycles = (long) right;
        wrong.put("sum instead of the maximum", cycles + g(e, "compute cycles"));
        wrong.put("words, not bytes", cycles / 2);
        wrong.put("arithmetic alone", g(e, "compute cycles"));
      }
      case "3c" -> {
        wrong.put("keeps a dominated design", List.of("A", "B", "C", "D", "E", "F"));
        wrong.put("leaves out a design of the front", front(e).subList(1, front(e).size()));
        wrong.put("not a choice", "A, G");
      }
      case "3d" -> {
        long once = g(e, "DRAM pJ") / (g(e, "DRAM pJ") - g(e, "read pJ")) + 1;
        wrong.put("fill forgotten", once);
        wrong.put("one use too few", (long) right - 1);
      }
      case "3e" -> {
        double p = g(e, "p1") / 100.0;
        double alone = p * g(e, "c1");
        wrong.put("by the probability, not by α", g(e, "c1"));
        wrong.put("the others' loss forgotten", alone + " mJ");
        wrong.put("times 1 − p only", (1 - p) * alone);
        wrong.put("expected energy", g(e, "c1") - (double) right / p);
      }
      default -> throw new IllegalArgumentException(e.id());
    }
    return wrong;
  }
}
