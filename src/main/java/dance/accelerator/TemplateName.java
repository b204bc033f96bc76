package dance.accelerator;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a {@link Template}: four parts that every one has, {@code template:14x12:rf16:rs},
 * then a part for each component that differs from the default.
 *
 * <p>{@code glb64k}, {@code glb1000}: bytes of the global buffer; {@code glbbw32}, {@code
 * glbbw18-8}: its bytes per cycle, read and written; {@code w8}: bits of a word; {@code 500mhz};
 * {@code ddr3-32}: kind of the off-chip memory and its bytes per cycle; {@code 45nm}: technology;
 * {@code published}: its tables as published, not as on the chip; {@code bare}: no overheads.
 * Custom technologies and overheads have a part that distinguishes them but cannot be parsed.
 */
final class TemplateName {
  private static final Pattern FIRST =
      // At most six digits, so that these cannot overflow an int.
      Pattern.compile("template:(\\d{1,6})x(\\d{1,6}):rf(\\d{1,6}):(\\w+)((?::[^:]*)*)");

  /** The part for the tables as published. */
  static final String PUBLISHED = "published";

  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?)";

  /** A component that a part of a name sets. */
  private record Part(
      String example, Pattern form, BiFunction<Template, Matcher, Template> setter) {
    static Part of(String example, String form, BiFunction<Template, Matcher, Template> setter) {
      return new Part(example, Pattern.compile(form), setter);
    }
  }

  private static final List<Part> PARTS =
      List.of(
          Part.of(
              "glb64k",
              "glb(\\d{1,9})(k?)",
              (t, m) ->
                  t.bufferBytes(Long.parseLong(m.group(1)) * (m.group(2).isEmpty() ? 1 : 1024))),
          Part.of(
              "glbbw18-8",
              "glbbw" + NUMBER + "(?:-" + NUMBER + ")?",
              (t, m) -> t.bufferBandwidth(number(m, 1), number(m, m.group(2) == null ? 1 : 2))),
          Part.of("w8", "w(\\d{1,2})", (t, m) -> t.wordBits(Integer.parseInt(m.group(1)))),
          Part.of("500mhz", NUMBER + "mhz", (t, m) -> t.clockMhz(number(m, 1))),
          Part.of(
              "ddr3-32",
              "(" + String.join("|", drams()) + ")-" + NUMBER,
              (t, m) -> t.dram(Dram.valueOf(m.group(1).toUpperCase(Locale.ROOT)), number(m, 2))),
          Part.of(
              "45nm",
              "(" + String.join("|", nodes()) + ")nm",
              (t, m) -> t.technology(technology(Integer.parseInt(m.group(1))))),
          Part.of(
              PUBLISHED, PUBLISHED, (t, m) -> t.technology(t.process().technology().asPublished())),
          Part.of("bare", "bare", (t, m) -> t.overheads(Overheads.NONE)));

  private TemplateName() {}

  static String of(Template t) {
    Template usual = Template.of(t.peX(), t.peY(), t.rfWords(), t.dataflow());
    List<String> parts = new ArrayList<>();
    parts.add("template:" + t.peX() + "x" + t.peY());
    parts.add("rf" + t.rfWords());
    parts.add(t.dataflow().label());
    long bytes = t.buffer().bytes();
    if (bytes != usual.buffer().bytes()) {
      parts.add("glb" + (bytes % 1024 == 0 ? bytes / 1024 + "k" : String.valueOf(bytes)));
    }
    double read = t.buffer().readBytesPerCycle();
    double write = t.buffer().writeBytesPerCycle();
    if (read != usual.buffer().readBytesPerCycle()
        || write != usual.buffer().writeBytesPerCycle()) {
      parts.add("glbbw" + plain(read) + (read == write ? "" : "-" + plain(write)));
    }
    if (t.words().bits() != usual.words().bits()) {
      parts.add("w" + t.words().bits());
    }
    if (t.words().clockMhz() != usual.words().clockMhz()) {
      parts.add(plain(t.words().clockMhz()) + "mhz");
    }
    if (!t.offChip().equals(usual.offChip())) {
      String kind = t.offChip().kind().name().toLowerCase(Locale.ROOT);
      parts.add(kind + "-" + plain(t.offChip().bytesPerCycle()));
    }
    Technology technology = t.process().technology();
    if (!technology.equals(usual.process().technology())) {
      if (!Technology.all().contains(technology)) {
        parts.add(own("technology", technology.name(), technology));
      } else if (technology.nodeNm() != usual.process().technology().nodeNm()) {
        parts.add(technology.nodeNm() + "nm");
      }
      if (Technology.all().contains(technology) && technology.isAsPublished()) {
        parts.add(PUBLISHED);
      }
    }
    Overheads overheads = t.process().overheads();
    if (!overheads.equals(technology.overheads())) {
      parts.add(overheads.equals(Overheads.NONE) ? "bare" : own("overheads", "", overheads));
    }
    return String.join(":", parts);
  }

  private static String own(String what, String name, Object value) {
    String word = name.replaceAll("[^A-Za-z0-9]+", "-");
    return what + "=" + word + "#" + Integer.toHexString(value.toString().hashCode());
  }

  private static String plain(double number) {
    return Double.toString(number).replaceFirst("\\.0$", "");
  }

  /**
   * Parses the name of a template, in lower case.
   *
   * @throws IllegalArgumentException if it is none; the message lists all problems
   */
  static Template parse(String name) {
    Matcher first = FIRST.matcher(name);
    if (!first.matches()) {
      throw new IllegalArgumentException(
          "accelerator "
              + name
              + " must have the form "
              + Accelerators.TEMPLATE_FORM
              + " (columns × rows, words of a register file, dataflow), then what differs from"
              + " the default: "
              + String.join(", ", examples()));
    }
    Rules rules = new Rules();
    String label = first.group(4);
    Dataflow dataflow = Dataflow.ofLabel(label).orElse(null);
    rules.require(
        dataflow != null,
        "dataflow %s of accelerator %s must be one of %s",
        label,
        name,
        Dataflow.labels());
    // in order of application: a technology sets its overheads before others replace them
    Map<Integer, Matcher> given = new TreeMap<>();
    for (String part : first.group(5).isEmpty() ? List.<String>of() : parts(first.group(5))) {
      int found = -1;
      for (int i = 0; i < PARTS.size() && found < 0; i++) {
        Matcher matcher = PARTS.get(i).form.matcher(part);
        if (matcher.matches()) {
          found = i;
          rules.require(
              given.put(i, matcher) == null,
              "accelerator %s has two parts like %s",
              name,
              PARTS.get(i).example);
        }
      }
      rules.require(
          found >= 0,
          "part %s of accelerator %s is not one like %s.%s",
          part,
          name,
          String.join(", ", examples()),
          Nearest.to(part, examples()).map(n -> " Maybe one like " + n + " was meant.").orElse(""));
    }
    rules.check();
    Template template =
        rules.tried(
            () ->
                Template.of(
                    Integer.parseInt(first.group(1)),
                    Integer.parseInt(first.group(2)),
                    Integer.parseInt(first.group(3)),
                    dataflow));
    rules.check();
    for (Map.Entry<Integer, Matcher> part : given.entrySet()) {
      template = PARTS.get(part.getKey()).setter.apply(template, part.getValue());
    }
    return template;
  }

  private static List<String> parts(String rest) {
    return List.of(rest.substring(1).split(":", -1));
  }

  private static List<String> examples() {
    return PARTS.stream().map(Part::example).toList();
  }

  private static double number(Matcher matcher, int group) {
    return Double.parseDouble(matcher.group(group));
  }

  private static List<String> drams() {
    return Arrays.stream(Dram.values()).map(d -> d.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static List<String> nodes() {
    return Technology.all().stream().map(t -> String.valueOf(t.nodeNm())).distinct().toList();
  }

  private static Technology technology(int nodeNm) {
    return Technology.all().stream()
        .filter(t -> t.nodeNm() == nodeNm && !t.isAsPublished())
        .findFirst()
        .orElseThrow();
  }
}
