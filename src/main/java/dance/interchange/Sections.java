package dance.interchange;

import java.util.List;

/**
 * The sections of Timeloop's files. Each reader uses its own; one file may hold several, or all of
 * a run as dumped by Timeloop's front end.
 */
final class Sections {
  private static final List<String> ALL =
      List.of(
          "architecture",
          "arch",
          "ERT",
          "ART",
          "problem",
          "mapping",
          "architecture_constraints",
          "mapspace_constraints",
          "constraints",
          "mapspace",
          "mapper",
          "compound_components",
          "components",
          "variables",
          "globals",
          "sparse_optimizations",
          "dumped_by_timeloop_front_end");

  private Sections() {}

  /**
   * Reports sections that Timeloop does not have if they resemble one that is read here; others are
   * ignored with a warning.
   *
   * @param own sections of this reader
   */
  static void check(YamlNode root, List<String> own) {
    List<String> known = new java.util.ArrayList<>(own);
    for (YamlNode.Entry entry : root.isMapping() ? root.entries() : List.<YamlNode.Entry>of()) {
      String key = YamlNode.normal(entry.key());
      // what Timeloop's files define for their aliases only
      if (ALL.contains(key) || key.endsWith("_ignore")) {
        known.add(key);
      }
      if (key.equals("sparse_optimizations")) {
        entry.value().denseOnly();
      }
    }
    if (root.isMapping()) {
      root.knownKeys(known, List.of());
    }
  }
}
