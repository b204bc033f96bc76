package dance.accelerator;

import java.util.Map;

/** What the bundled accelerators that are named after chips were validated against. */
public final class Validation {
  private static final String STRUCTURE = "none against silicon; the structure is as published";

  private static final Map<String, String> PRESETS =
      Map.of(
          "eyeriss",
          "the chip (JSSC'17, AlexNet CONV1-5, batch 4): parts of the area within 5 %, power within"
              + " 10 %, off-chip megabytes within 15 %, processing time of the chip's mappings"
              + " within 15 % a layer and 8 % in all",
          "eyeriss45",
          "none at this node; the structure of eyeriss, its costs scaled",
          "nvdla",
          STRUCTURE,
          "simba",
          STRUCTURE,
          "shidiannao",
          STRUCTURE,
          "tpu",
          "none against silicon; cycles of the systolic array as SCALE-Sim's on 180 points");

  private Validation() {}

  /** What an accelerator was validated against, and how closely it agrees. */
  public static String of(Accelerator accelerator) {
    String name = accelerator.name();
    String known = PRESETS.get(name);
    if (known != null && accelerator.equals(Accelerators.byName(name))) {
      return known;
    }
    return name.startsWith("template")
        ? "none against silicon; counts as in an executed nest, costs by kind as fitted to Eyeriss"
        : "none against silicon; counts are exact for the structure as given";
  }
}
