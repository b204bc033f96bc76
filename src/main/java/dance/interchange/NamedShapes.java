package dance.interchange;

import dance.check.Nearest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Timeloop's named problem shapes, and its default. */
final class NamedShapes {
  private static final String CNN_LAYER = "cnn-layer";

  private static final Map<String, String> SHAPES = new LinkedHashMap<>();

  static {
    // The convolution of Timeloop (Parashar et al., ISPASS 2019, figure 3) with its coefficients.
    SHAPES.put(
        CNN_LAYER,
        """
        name: cnn-layer
        dimensions: [R, S, P, Q, C, K, N]
        coefficients:
        - {name: Wstride, default: 1}
        - {name: Hstride, default: 1}
        - {name: Wdilation, default: 1}
        - {name: Hdilation, default: 1}
        data_spaces:
        - name: Weights
          projection: [[[C]], [[K]], [[R]], [[S]]]
        - name: Inputs
          projection: [[[N]], [[C]], [[R, Wdilation], [P, Wstride]], [[S, Hdilation], [Q, Hstride]]]
        - name: Outputs
          projection: [[[N]], [[K]], [[Q]], [[P]]]
          read_write: true
        """);
    SHAPES.put(
        "gemm_ABZ",
        """
        name: gemm_ABZ
        dimensions: [M, N, K]
        data_spaces:
        - name: A
          projection: [[[M]], [[K]]]
        - name: B
          projection: [[[N]], [[K]]]
        - name: Z
          projection: [[[M]], [[N]]]
          read_write: true
        """);
  }

  private NamedShapes() {}

  /** The shape of a problem: its own, a named one, or the default if it has none. */
  static Optional<YamlNode> of(YamlNode problem, Problems problems) {
    if (!problem.isMapping()) {
      problem.problem("a mapping was expected");
      return Optional.empty();
    }
    Optional<YamlNode> shape = problem.get("shape");
    if (shape.isEmpty()) {
      problem.warn("no shape is given: " + CNN_LAYER + " is taken, as in Timeloop");
      return Optional.of(parsed(CNN_LAYER, problems));
    }
    if (!shape.get().isScalar()) {
      return shape;
    }
    String name = shape.get().text();
    for (String known : SHAPES.keySet()) {
      if (Nearest.plain(known).equals(Nearest.plain(name.replaceFirst("\\.ya?ml$", "")))) {
        return Optional.of(parsed(known, problems));
      }
    }
    shape
        .get()
        .problem(
            "no shape is known as "
                + name
                + ", only "
                + String.join(", ", SHAPES.keySet())
                + ": others are given by their dimensions and data spaces");
    return Optional.empty();
  }

  private static YamlNode parsed(String name, Problems problems) {
    return YamlFile.parse(name, SHAPES.get(name), problems);
  }
}
