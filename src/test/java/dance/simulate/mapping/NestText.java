package dance.simulate.mapping;

import dance.workload.Einsum;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Mappings as text: levels are written by hand in tests, and failing cases printed. */
public final class NestText {
  private NestText() {}

  /** A level with loops such as {@code "P=2 Q=2"}, outermost first, that keeps these tensors. */
  public static Mapping.Level level(
      String temporal, String spatialY, String spatialX, String... keeps) {
    return new Mapping.Level(
        loops(temporal), loops(spatialX), loops(spatialY), Set.of(keeps), Set.of());
  }

  private static List<Einsum.Loop> loops(String text) {
    return Arrays.stream(text.split(" "))
        .filter(loop -> !loop.isEmpty())
        .map(loop -> loop.split("="))
        .map(pair -> new Einsum.Loop(pair[0], Integer.parseInt(pair[1])))
        .toList();
  }

  /** The einsum, and one line for each level. */
  public static String print(Einsum einsum, Mapping mapping) {
    StringBuilder text = new StringBuilder(einsum.toString());
    for (int i = 0; i < mapping.levels().size(); i++) {
      Mapping.Level level = mapping.levels().get(i);
      List<String> kept =
          einsum.tensors().stream().map(t -> t.name()).filter(level.keeps()::contains).toList();
      text.append(System.lineSeparator()).append("  level ").append(i).append(" keeps ");
      text.append(kept).append(": for ").append(print(level.temporal()));
      text.append(" Y ").append(print(level.spatialY()));
      text.append(" X ").append(print(level.spatialX()));
      if (!level.unicast().isEmpty()) {
        text.append(" unicast ").append(level.unicast());
      }
    }
    return text.toString();
  }

  private static String print(List<Einsum.Loop> loops) {
    return loops.stream().map(Einsum.Loop::toString).collect(Collectors.joining(" ", "(", ")"));
  }
}
