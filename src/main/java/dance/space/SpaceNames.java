package dance.space;

import dance.check.Nearest;
import dance.workload.Layer;
import dance.workload.Network;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The bundled network spaces, and the fingerprints of spaces in files. */
final class SpaceNames {
  private static final Map<String, Supplier<NetworkSpace>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("cifar", NetworkSpace::cifar);
    BY_NAME.put("imagenet", NetworkSpace::imageNet);
    BY_NAME.put("mini", NetworkSpace::mini);
    BY_NAME.put("mini-cifar", NetworkSpace::miniCifar);
    BY_NAME.put("nasbench201", NetworkSpace::nasBench201);
    BY_NAME.put("nasbench-macro", NetworkSpace::nasBenchMacro);
  }

  private SpaceNames() {}

  static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  static NetworkSpace byName(String name) {
    int colon = name.indexOf(':');
    String plain = Nearest.plain(colon < 0 ? name : name.substring(0, colon));
    Supplier<NetworkSpace> preset =
        BY_NAME.entrySet().stream()
            .filter(known -> Nearest.plain(known.getKey()).equals(plain))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    if (preset == null) {
      String maybe = Nearest.maybe(plain, BY_NAME.keySet());
      throw new IllegalArgumentException(
          "network space "
              + name
              + " is not one of "
              + String.join(", ", BY_NAME.keySet())
              + "."
              + maybe);
    }
    return colon < 0 ? preset.get() : preset.get().width(width(name, colon));
  }

  private static double width(String name, int colon) {
    String text = name.substring(colon + 1).strip();
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notNumber) {
      throw new IllegalArgumentException(
          "width (" + text + ") of network space " + name + " must be a number", notNumber);
    }
  }

  static String fingerprint(NetworkSpace space) {
    StringBuilder text = new StringBuilder();
    for (Placement part : space.parts()) {
      text.append(part.name()).append('@').append(part.block()).append('\n');
      for (int o = 0; o < part.operations().size(); o++) {
        text.append(part.operations().get(o).label()).append('\n');
        for (Network.Entry entry : part.layers(o)) {
          Layer layer = NetworkSpace.form(entry.layer());
          text.append(entry.repeats()).append(' ').append(form(layer));
          text.append(' ').append(entry.layer().parameters()).append('\n');
        }
      }
    }
    return space + ", layers sha256:" + sha256(text.toString()).substring(0, 16);
  }

  /** Every figure of a layer; files on disk hold hashes of this text. */
  private static String form(Layer layer) {
    return layer.kind() == Layer.Kind.EINSUM
        ? layer.einsum().toString()
        : layer.name() + " " + layer.kind() + " " + layer.shape();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
