package dance.interchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a problem of Timeloop says of each data space beside its size: the fraction of its words
 * that are not zero ({@code densities}, {@code commonDensity}), and the bits of a word ({@code
 * bitwidths}, {@code commonBitwidth}, as Klhufek et al., DDECS 2024, extend the format).
 *
 * @param densities by data space, 0…1; those that are not named have no zeros
 * @param bits by data space; those that are not named have words of the memories' width
 */
record DataSpaceValues(Map<String, Double> densities, Map<String, Integer> bits) {
  private static final List<String> DENSITY =
      List.of("densities", "commonDensity", "densities_distribution", "density");
  private static final List<String> WIDTH = List.of("bitwidths", "commonBitwidth", "bitwidth");

  /** Keys of an instance that are read here. */
  static List<String> keys() {
    List<String> all = new ArrayList<>(DENSITY);
    all.addAll(WIDTH);
    return all;
  }

  /** The values of an instance; {@code dimensions} may have the name of a key. */
  static DataSpaceValues of(YamlNode instance, List<String> names, List<String> dimensions) {
    Map<String, Double> densities = new LinkedHashMap<>();
    for (String key : DENSITY) {
      given(instance, key, dimensions)
          .ifPresent(node -> each(node, names, densities, DataSpaceValues::density));
    }
    densities.values().removeIf(d -> d == 1);
    Map<String, Integer> bits = new LinkedHashMap<>();
    for (String key : WIDTH) {
      given(instance, key, dimensions)
          .ifPresent(node -> each(node, names, bits, n -> (int) n.integer(1, 1024, 16)));
    }
    if (!densities.isEmpty()) {
      List<String> said = new ArrayList<>();
      densities.forEach(
          (name, d) -> said.add(String.format(Locale.ROOT, "%s %.4g %%", name, 100 * (1 - d))));
      instance.once(
          "zeros",
          "densities are read as fractions of zeros, spread evenly: "
              + String.join(", ", said)
              + "; an accelerator saves what it says that it gates or compresses");
    }
    return new DataSpaceValues(densities, bits);
  }

  /** The fraction of a data space's words that are zero. */
  double zeros(String name) {
    // decimal places as written: 1 − 0.7 is 0.3
    return Math.round((1 - densities.getOrDefault(name, 1.0)) * 1e12) / 1e12;
  }

  private static Optional<YamlNode> given(YamlNode instance, String key, List<String> dimensions) {
    return dimensions.contains(key) ? Optional.empty() : instance.get(key);
  }

  /** A value for each data space, or one for all. */
  private static <T> void each(
      YamlNode node, List<String> names, Map<String, T> values, Reader<T> reader) {
    boolean one = node.isScalar() || node.get("distribution").isPresent();
    if (one) {
      T value = reader.read(node);
      names.forEach(name -> values.put(name, value));
      return;
    }
    for (YamlNode.Entry entry : node.entries()) {
      if (names.contains(entry.key())) {
        values.put(entry.key(), reader.read(entry.value()));
      } else {
        entry
            .value()
            .problem(
                "there is no data space "
                    + entry.key()
                    + ", only "
                    + names
                    + Problems.maybe(entry.key(), names));
      }
    }
  }

  private interface Reader<T> {
    T read(YamlNode node);
  }

  private static double density(YamlNode node) {
    if (node.isScalar()) {
      double density = node.decimal(true, 1);
      if (density > 1) {
        node.problem("a density is at most 1, not " + node.text());
        return 1;
      }
      return density;
    }
    Optional<YamlNode> density = node.get("density");
    if (density.isEmpty()) {
      node.warn("has no density: computed as dense");
    }
    return density.map(DataSpaceValues::density).orElse(1.0);
  }
}
