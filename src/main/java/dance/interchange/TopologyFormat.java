package dance.interchange;

import dance.check.Library;
import dance.workload.Einsum;
import dance.workload.Layer;
import dance.workload.Network;
import dance.workload.Operand;
import dance.workload.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Text formats that describe a network layer by layer. */
enum TopologyFormat {
  /** Our own: {@link NetworkFile}. */
  OWN_CSV("CSV of layers") {
    @Override
    String refusal(String text) {
      List<String> cells = headings(text);
      if (cells.size() == 1 && cells.get(0).contains(";")) {
        return "its first line has semicolons. Maybe save it with commas between columns";
      }
      return cells.contains("kind") || cells.contains("name") && cells.contains("c")
          ? null
          : "its first line does not name the columns name, kind, c";
    }

    @Override
    Parsed<Network> read(String name, String file, String text) {
      return new Parsed<>(NetworkFile.parse(name, file, text), List.of());
    }
  },

  /** Convolutions or products of SCALE-Sim. */
  SCALE_SIM("SCALE-Sim") {
    @Override
    String refusal(String text) {
      return ScaleSimTopology.refusal(text);
    }

    @Override
    Parsed<Network> read(String name, String file, String text) {
      return ScaleSimTopology.read(name, file, text);
    }
  },

  /** Layers of MAESTRO. */
  MAESTRO("MAESTRO") {
    @Override
    String refusal(String text) {
      return MaestroModel.refusal(text);
    }

    @Override
    Parsed<Network> read(String name, String file, String text) {
      return MaestroModel.read(name, file, text);
    }
  },

  /** Layers of ZigZag. */
  ZIG_ZAG("ZigZag") {
    @Override
    String refusal(String text) {
      return yaml(text, ZigZagWorkload::refusal);
    }

    @Override
    Parsed<Network> read(String name, String file, String text) {
      Problems problems = new Problems();
      return ZigZagWorkload.read(name, YamlFile.parse(file, text, problems), problems);
    }
  },

  /** The workload of AccelForge, an einsum a layer. */
  ACCEL_FORGE("AccelForge") {
    @Override
    String refusal(String text) {
      return yaml(text, AccelForgeEinsums::refusal);
    }

    @Override
    Parsed<Network> read(String name, String file, String text) {
      Problems problems = new Problems();
      return AccelForgeEinsums.network(name, YamlFile.parse(file, text, problems), problems);
    }
  },

  /** The problem of one layer in Timeloop's format. */
  TIMELOOP("Timeloop") {
    @Override
    String refusal(String text) {
      return yaml(text, root -> root.get("problem").isPresent() ? null : "it has no key problem");
    }

    @Override
    Parsed<Network> read(String name, String file, String text) {
      Problems problems = new Problems();
      Parsed<TimeloopProblem.Sized> problem =
          TimeloopProblem.sized(YamlFile.parse(file, text, problems), problems);
      Einsum e = problem.value().einsum();
      List<String> warnings = new ArrayList<>(problem.warnings());
      if (!problem.value().bits().isEmpty()) {
        warnings.add(
            "%s: words of %s bits are taken as wide as those of the memories. Maybe map or timeloop, which pack them."
                .formatted(file, problem.value().bits()));
      }
      Einsum named = new Einsum(name, e.dimensions(), e.tensors(), e.operation());
      Layer.Zeros zeros =
          new Layer.Zeros(
              zeros(e, Operand.INPUT), zeros(e, Operand.WEIGHT), zeros(e, Operand.OUTPUT));
      return new Parsed<>(Network.of(name, Layer.of(named).zeros(zeros)), warnings);
    }

    private double zeros(Einsum einsum, Operand role) {
      return einsum.tensors().stream()
          .filter(t -> t.role() == role)
          .mapToDouble(Tensor::zeros)
          .findFirst()
          .orElse(0);
    }
  };

  private final String label;

  TopologyFormat(String label) {
    this.label = label;
  }

  /** Name in messages. */
  String label() {
    return label;
  }

  /** Why a text is not of this format; null if it is. */
  abstract String refusal(String text);

  /**
   * Reads a text of this format.
   *
   * @param file for messages
   * @throws IllegalArgumentException with all its problems
   */
  abstract Parsed<Network> read(String name, String file, String text);

  /** What a refusal of a document says of a text, or why it is no document. */
  private static String yaml(String text, Function<YamlNode, String> refusal) {
    Library.YAML.need("YAML files");
    try {
      return refusal.apply(YamlFile.parse("text", text, new Problems()));
    } catch (IllegalArgumentException malformed) {
      return malformed.getMessage().lines().findFirst().orElse("it is no YAML");
    }
  }

  /** Lines that are neither empty nor a comment. */
  static Stream<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"));
  }

  /** Cells of the first line, in small letters. */
  static List<String> headings(String text) {
    return lines(text)
        .findFirst()
        .map(line -> Arrays.stream(line.split(",", -1)))
        .orElse(Stream.empty())
        .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
        .toList();
  }
}
