package dance.accelerator;

import dance.check.Nearest;
import dance.check.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The bundled accelerators. */
public final class Accelerators {
  /** A preset in the technology of its node. */
  private record Preset(
      BiFunction<String, Technology, Accelerator> maker, Supplier<Technology> technology) {
    private Accelerator as(String name) {
      return maker.apply(name, technology.get());
    }

    private Accelerator published(String name) {
      return maker.apply(name + AS_PUBLISHED, technology.get().asPublished());
    }
  }

  /** What follows the name of a preset whose costs are the tables as published. */
  private static final String AS_PUBLISHED = ":" + TemplateName.PUBLISHED;

  private static final Map<String, Preset> BY_NAME = new LinkedHashMap<>();

  static {
    Supplier<Technology> at65 = Technology::chip65nm;
    Supplier<Technology> at45 = Technology::chip45nm;
    BY_NAME.put("eyeriss", new Preset(Eyeriss::in, at65));
    BY_NAME.put("eyeriss45", new Preset(Eyeriss::in, at45));
    BY_NAME.put("nvdla", new Preset(NvdlaLike::in, at45));
    BY_NAME.put("simba", new Preset(SimbaLike::in, at45));
    BY_NAME.put("shidiannao", new Preset(ShiDianNaoLike::in, at65));
    BY_NAME.put("tpu", new Preset(TpuLike::in, at45));
  }

  static final String TEMPLATE_FORM = "template:14x12:rf16:rs";

  private Accelerators() {}

  /** Eyeriss at 65 nm, as the chip: JSSC 2017. */
  public static Accelerator eyeriss() {
    return preset("eyeriss");
  }

  /** Eyeriss with the 45 nm, 16-bit table; structure, clock and link as the chip. */
  public static Accelerator eyeriss45() {
    return preset("eyeriss45");
  }

  /** NVDLA, large configuration: 64 × 32 MACs of 8 bits, 512 KB buffer. */
  public static Accelerator nvdlaLike() {
    return preset("nvdla");
  }

  /** One chiplet of Simba: 4 × 4 PEs of 8 × 8 MACs. */
  public static Accelerator simbaLike() {
    return preset("simba");
  }

  /** ShiDianNao: 8 × 8 PEs, output-stationary. */
  public static Accelerator shiDianNaoLike() {
    return preset("shidiannao");
  }

  /** The first TPU: 256 × 256 MACs of 8 bits. */
  public static Accelerator tpuLike() {
    return preset("tpu");
  }

  private static Accelerator preset(String name) {
    return BY_NAME.get(name).as(name);
  }

  /**
   * A design of the DANCE space; for more parameters see {@link Template}.
   *
   * @param peX columns of the array
   * @param peY rows of the array
   * @param rfWords 16-bit words of the register file of a PE
   */
  public static Accelerator template(int peX, int peY, int rfWords, Dataflow dataflow) {
    return Template.of(peX, peY, rfWords, dataflow).accelerator();
  }

  /** Names of the presets; a template has a name of the form {@code template:14x12:rf16:rs}. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * The accelerator of this name, ignoring case (and hyphens, underscores and spaces in presets):
   * one of {@link #names}, or a template as {@code template:COLUMNSxROWS:rfWORDS:DATAFLOW} with ws,
   * os, rs or free, and whatever differs from the default: {@code
   * template:14x12:rf16:rs:glb64k:w8}, as {@link Template#name} writes it. A preset with the tables
   * as published in place of the costs of the chip is {@code eyeriss:published}; a template takes
   * the same part.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names and the nearest
   */
  public static Accelerator byName(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    String structure = plain.endsWith(AS_PUBLISHED) ? withoutCosts(plain) : plain;
    for (Map.Entry<String, Preset> entry : BY_NAME.entrySet()) {
      String preset = entry.getKey();
      if (Nearest.plain(preset).equals(Nearest.plain(structure))) {
        return structure.equals(plain)
            ? entry.getValue().as(preset)
            : entry.getValue().published(preset);
      }
    }
    return plain.startsWith("template") ? TemplateName.parse(plain).accelerator() : unknown(name);
  }

  /** Whose costs an accelerator of a name may have: as on the chip, or the tables as published. */
  public static final List<String> COSTS = List.of("chip", TemplateName.PUBLISHED);

  /**
   * The name of a preset or a template with these costs in place of those that it says.
   *
   * @throws IllegalArgumentException if the costs are not one of {@link #COSTS}, or the name is
   *     that of a file, whose costs are its own
   */
  public static String withCosts(String name, String costs) {
    String plain = costs.strip().toLowerCase(Locale.ROOT);
    String maybe = Nearest.maybe(plain, COSTS);
    new Rules()
        .require(
            COSTS.contains(plain),
            "costs %s are not one of %s.%s",
            costs,
            String.join(", ", COSTS),
            maybe)
        .require(
            !name.matches("(?i).*\\.ya?ml"),
            "costs of %s are its own: only presets and templates have costs %s",
            name,
            String.join(" and ", COSTS))
        .check();
    String lower = name.strip().toLowerCase(Locale.ROOT);
    List<String> parts = new ArrayList<>(List.of(lower.split(":", -1)));
    parts.removeIf(TemplateName.PUBLISHED::equals);
    if (plain.equals(TemplateName.PUBLISHED)) {
      parts.add(TemplateName.PUBLISHED);
    }
    return String.join(":", parts);
  }

  private static String withoutCosts(String name) {
    return name.substring(0, name.length() - AS_PUBLISHED.length());
  }

  private static Accelerator unknown(String name) {
    String maybe = Nearest.maybe(name, names());
    throw new IllegalArgumentException(
        String.format(
            "accelerator %s is not known; there are %s and templates such as %s.%s",
            name, String.join(", ", names()), TEMPLATE_FORM, maybe));
  }
}
