package dance.simulate.mapping;

import dance.accelerator.Accelerator;
import dance.accelerator.MemoryLevel;
import dance.check.Rules;
import dance.workload.Einsum;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Mappings as text. A level is its name, a colon, and clauses separated by semicolons: temporal
 * loops, {@code X:} and {@code Y:} with spatial loops, {@code keeps}, {@code unicast}.
 */
final class MappingText {
  private static final String FORM = "GLB: K=7 P=13; X: K=4; Y: S=3; keeps Inputs, Outputs";
  private static final Pattern LOOP =
      Pattern.compile("([^\\s=;,|:]+)\\s*=\\s*(\\d{1,9})(?=\\s|,|$)");
  private static final Pattern CLAUSE =
      Pattern.compile("(?:([XYxy])\\s*:|(keeps?|unicast)\\b:?)?(.*)", Pattern.DOTALL);
  private static final String NOTHING = "nothing";

  private MappingText() {}

  static String of(Mapping mapping) {
    List<String> levels = new ArrayList<>();
    for (int l = 0; l < mapping.levels().size(); l++) {
      Mapping.Level level = mapping.levels().get(l);
      List<String> clauses = new ArrayList<>();
      clauses.add(loops("", level.temporal()));
      clauses.add(loops("X: ", level.spatialX()));
      clauses.add(loops("Y: ", level.spatialY()));
      clauses.add("keeps " + (level.keeps().isEmpty() ? NOTHING : list(level.keeps())));
      clauses.add(level.unicast().isEmpty() ? "" : "unicast " + list(level.unicast()));
      String name = mapping.names().isEmpty() ? String.valueOf(l) : mapping.names().get(l);
      levels.add(
          name
              + ": "
              + clauses.stream().filter(c -> !c.isEmpty()).collect(Collectors.joining("; ")));
    }
    return String.join(" | ", levels);
  }

  private static String loops(String direction, List<Einsum.Loop> loops) {
    return loops.isEmpty()
        ? ""
        : direction + loops.stream().map(Einsum.Loop::toString).collect(Collectors.joining(" "));
  }

  private static String list(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  /** The tensors that a level of an accelerator may keep. */
  static Set<String> all(Einsum einsum, Accelerator accelerator, String name, int position) {
    List<MemoryLevel> levels = accelerator.levels();
    MemoryLevel level =
        levels.stream()
            .filter(l -> l.name().equals(name))
            .findFirst()
            .orElse(position < levels.size() ? levels.get(position) : null);
    return einsum.tensors().stream()
        .filter(t -> level == null || level.keeps().contains(t.role()))
        .map(Tensor::name)
        .collect(Collectors.toSet());
  }

  /**
   * Parses a text.
   *
   * @param keeps the tensors that a level of this name and position keeps if it has no keeps clause
   */
  static Mapping parse(String text, BiFunction<String, Integer, Set<String>> keeps) {
    Rules rules = new Rules();
    List<String> names = new ArrayList<>();
    List<Mapping.Level> levels = new ArrayList<>();
    for (String line : text.split("[\\n|]")) {
      if (line.isBlank()) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        rules.require(false, "level \"%s\" needs its name and a colon, as %s", line.strip(), FORM);
        continue;
      }
      String name = line.substring(0, colon).strip();
      rules.require(!names.contains(name), "the mapping has level %s twice", name);
      int position = names.size();
      levels.add(level(name, line.substring(colon + 1), () -> keeps.apply(name, position), rules));
      names.add(name);
    }
    rules.require(!text.isBlank(), "a mapping needs a level, as %s", FORM);
    rules.check();
    boolean numbered = true;
    for (int l = 0; l < names.size(); l++) {
      numbered &= names.get(l).equals(String.valueOf(l));
    }
    return new Mapping(levels, numbered ? List.of() : names);
  }

  private static Mapping.Level level(
      String name, String text, Supplier<Set<String>> usual, Rules rules) {
    List<Einsum.Loop> temporal = new ArrayList<>();
    List<Einsum.Loop> alongX = new ArrayList<>();
    List<Einsum.Loop> alongY = new ArrayList<>();
    Set<String> keeps = null;
    Set<String> unicast = Set.of();
    for (String part : text.split(";")) {
      Matcher clause = CLAUSE.matcher(part.strip());
      clause.matches();
      String rest = clause.group(3).strip();
      if (clause.group(1) != null) {
        boolean x = clause.group(1).equalsIgnoreCase("X");
        loops(name, rest, x ? alongX : alongY, rules);
      } else if (clause.group(2) == null) {
        loops(name, rest, temporal, rules);
      } else if (clause.group(2).equals("unicast")) {
        unicast = tensors(rest);
      } else {
        rules.require(keeps == null, "level %s has two keeps clauses", name);
        keeps = tensors(rest);
      }
    }
    return new Mapping.Level(
        temporal, alongX, alongY, keeps == null ? usual.get() : keeps, unicast);
  }

  private static void loops(String level, String text, List<Einsum.Loop> into, Rules rules) {
    Matcher loop = LOOP.matcher(text);
    while (loop.find()) {
      into.add(new Einsum.Loop(loop.group(1), Integer.parseInt(loop.group(2))));
    }
    String rest = LOOP.matcher(text).replaceAll("").replace(",", "").strip();
    rules.require(
        rest.isEmpty(),
        "\"%s\" at level %s is no loop with its bound, such as K=4, nor keeps, unicast, X: or Y:",
        rest,
        level);
  }

  private static Set<String> tensors(String text) {
    Set<String> names = new LinkedHashSet<>(List.of(text.strip().split("[,\\s]+")));
    names.remove(NOTHING);
    names.remove("");
    return names;
  }
}
