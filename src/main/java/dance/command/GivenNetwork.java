package dance.command;

import dance.interchange.NetworkReader;
import dance.interchange.Parsed;
import dance.interchange.onnx.OnnxOptions;
import dance.workload.Network;
import dance.workload.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A network on the command line.
 *
 * @param name of a preset or a file
 * @param sizes that it leaves open
 */
record GivenNetwork(String name, OnnxOptions sizes) {

  /** The file, if it is one. */
  Optional<Path> file() {
    return Networks.isQualified(name)
        ? Optional.empty()
        : NamedFile.orFolder("--network", name, "", List.of(""));
  }

  /**
   * The network.
   *
   * @throws IllegalArgumentException if there is no such preset or file, or with all its problems
   */
  Network read(Consumer<String> warnings) {
    Optional<Path> file = file();
    if (file.isPresent()) {
      Parsed<Network> reading = NetworkReader.read(file.get(), sizes);
      reading.warnings().forEach(warnings);
      return reading.value();
    }
    if (sizes.zeros()) {
      throw new IllegalArgumentException(
          "network %s has no weights to read zeros from; models of ONNX do (--zeros)"
              .formatted(name));
    }
    if (!sizes.dimensions().isEmpty()) {
      throw new IllegalArgumentException(
          "network %s leaves no dimension open; only models of ONNX and templates do (--dimension)"
              .formatted(name));
    }
    Network network = Networks.byName(name);
    return sizes.batch() == 1 ? network : network.batch(sizes.batch());
  }
}
