package dance.interchange.onnx;

import dance.check.Nearest;
import dance.interchange.onnx.Graph.Declared;
import dance.interchange.onnx.Graph.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Imports networks from ONNX files. Shapes are inferred from the shapes of inputs and initialisers
 * alone: weights are not read, and may be missing, unless their zeros are asked for. As in the
 * bundled networks, activation functions and normalisation are not layers; {@link ImportReport}
 * lists the treatment of every node.
 */
public final class OnnxNetwork {
  /** Protobuf's own limit. */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  private OnnxNetwork() {}

  /** Reads a network of batch 1; see {@link #read(Path, OnnxOptions)}. */
  public static ImportReport read(Path file) {
    return read(file, OnnxOptions.defaults());
  }

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException if the file cannot be read, is not a model, or does not
   *     determine the shape of a layer, naming node and tensor; with all problems, one per line
   */
  public static ImportReport read(Path file, OnnxOptions options) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "network file " + file + (Files.exists(file) ? " is no file" : " does not exist"));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > MAX_BYTES) {
        throw new IllegalArgumentException(
            "network file "
                + file
                + " is larger than 2 GiB. Maybe its weights were meant to be"
                + " external data.");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      String name = file.getFileName().toString();
      boolean ending = name.toLowerCase(Locale.ROOT).endsWith(".onnx");
      return read(
          ending ? name.substring(0, name.length() - ".onnx".length()) : name,
          file.toString(),
          bytes,
          options);
    } catch (IOException failed) {
      throw new IllegalArgumentException(
          "network file " + file + " cannot be read: " + failed, failed);
    }
  }

  /** Reads a network from the bytes of a file. */
  public static ImportReport read(String name, byte[] bytes, OnnxOptions options) {
    return read(name, name, ByteBuffer.wrap(bytes), options);
  }

  private static ImportReport read(
      String name, String file, ByteBuffer bytes, OnnxOptions options) {
    Model model;
    try {
      model = OnnxFile.read(bytes);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(file + ": " + malformed.getMessage(), malformed);
    }
    List<String> problems = new ArrayList<>();
    Set<String> notes = new TreeSet<>();
    Map<String, Value> inputs = inputs(model, file, options, problems, notes);
    check(problems);
    return new Importer(name, file, model, inputs, options.zeros(), problems, notes).run();
  }

  static void check(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
  }

  private static Map<String, Value> inputs(
      Model model, String file, OnnxOptions options, List<String> problems, Set<String> notes) {
    Map<String, Value> values = new LinkedHashMap<>();
    Set<String> symbols = new TreeSet<>();
    boolean batched = false;
    for (Declared input : model.graph().inputs()) {
      List<String> stated = input.dimensions();
      if (stated == null) {
        values.put(
            input.name(), Value.unknown("input " + input.name() + " has no shape in the file"));
        continue;
      }
      long[] dims = new long[stated.size()];
      for (int axis = 0; axis < dims.length; axis++) {
        String size = stated.get(axis);
        boolean number = size.matches("[0-9]{1,18}");
        String symbol = size.isEmpty() ? input.name() + "." + axis : size;
        symbols.addAll(number ? Set.of() : Set.of(symbol));
        Integer given = options.dimensions().get(symbol);
        if (number) {
          dims[axis] = Long.parseLong(size);
        } else if (given != null) {
          dims[axis] = given;
        } else if (axis == 0) {
          dims[axis] = options.batch();
          batched = true;
          notes.add(
              "dimension %s of input %s is the batch: %d"
                  .formatted(symbol, input.name(), options.batch()));
        } else {
          problems.add(
              "%s: dimension %s of input %s is left open. Maybe give it: dimension %s=128"
                  .formatted(file, symbol, input.name(), symbol));
        }
      }
      values.put(input.name(), Value.of(input.type(), dims).origin(input.name()));
    }
    if (options.batch() != 1 && !batched) {
      problems.add(
          "%s: batch %d was given, but the file fixes the first size of its inputs: %s"
              .formatted(
                  file,
                  options.batch(),
                  model.graph().inputs().stream().map(Declared::dimensions).toList()));
    }
    for (String given : new TreeSet<>(options.dimensions().keySet())) {
      if (!symbols.contains(given)) {
        String maybe =
            Nearest.to(given, symbols).map(s -> ". Maybe " + s + " was meant").orElse("");
        problems.add(
            "%s: dimension %s is none that is left open (%s)%s"
                .formatted(
                    file,
                    given,
                    symbols.isEmpty() ? "all are fixed" : String.join(", ", symbols),
                    maybe));
      }
    }
    return values;
  }
}
