package dance.accelerator;

import dance.check.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The bundled accelerators. */
public final class Accelerators {
  private static final Map<String, Supplier<Accelerator>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("eyeriss", Accelerators::eyeriss);
    BY_NAME.put("eyeriss45", Accelerators::eyeriss45);
    BY_NAME.put("nvdla", Accelerators::nvdlaLike);
    BY_NAME.put("simba", Accelerators::simbaLike);
    BY_NAME.put("shidiannao", Accelerators::shiDianNaoLike);
    BY_NAME.put("tpu", Accelerators::tpuLike);
  }

  static final String TEMPLATE_FORM = "template:14x12:rf16:rs";

  private Accelerators() {}

  /** Eyeriss at 65 nm, as the chip: JSSC 2017. */
  public static Accelerator eyeriss() {
    return Eyeriss.in("eyeriss", Technology.eyeriss65nm());
  }

  /** Eyeriss with the 45 nm, 16-bit table; structure, clock and link as the chip. */
  public static Accelerator eyeriss45() {
    return Eyeriss.in("eyeriss45", Technology.eyeriss45nm());
  }

  /** NVDLA, large configuration: 64 × 32 MACs of 8 bits, 512 KB buffer. */
  public static Accelerator nvdlaLike() {
    return NvdlaLike.accelerator();
  }

  /** One chiplet of Simba: 4 × 4 PEs of 8 × 8 MACs. */
  public static Accelerator simbaLike() {
    return SimbaLike.accelerator();
  }

  /** ShiDianNao: 8 × 8 PEs, output-stationary. */
  public static Accelerator shiDianNaoLike() {
    return ShiDianNaoLike.accelerator();
  }

  /** The first TPU: 256 × 256 MACs of 8 bits. */
  public static Accelerator tpuLike() {
    return TpuLike.accelerator();
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
   * template:14x12:rf16:rs:glb64k:w8}, as {@link Template#name} writes it.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names and the nearest
   */
  public static Accelerator byName(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    for (Map.Entry<String, Supplier<Accelerator>> preset : BY_NAME.entrySet()) {
      if (Nearest.plain(preset.getKey()).equals(Nearest.plain(plain))) {
        return preset.getValue().get();
      }
    }
    return plain.startsWith("template") ? TemplateName.parse(plain).accelerator() : unknown(name);
  }

  private static Accelerator unknown(String name) {
    String maybe = Nearest.to(name, names()).map(n -> " Maybe " + n + " was meant.").orElse("");
    throw new IllegalArgumentException(
        String.format(
            "accelerator %s is not known; there are %s and templates such as %s.%s",
            name, String.join(", ", names()), TEMPLATE_FORM, maybe));
  }
}
