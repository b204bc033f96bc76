package dance.interchange;

import dance.accelerator.Accelerator;
import dance.check.AtomicFile;
import dance.check.Nearest;
import dance.cost.Objective;
import dance.simulate.Dataflows;
import dance.simulate.mapper.Effort;
import dance.simulate.mapper.Mapper;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.workload.Layer;
import dance.workload.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Tools of others whose files mappings are written as: architecture, problem and mapping. */
public enum ExportFormat {
  /** AccelForge's {@code arch}, {@code workload} and {@code mapping}. */
  ACCELFORGE(AccelForgeExport::files),
  /** Timeloop's format 0.4. */
  TIMELOOP(TimeloopExport::files);

  private final Function<Evaluation, Map<String, String>> files;

  ExportFormat(Function<Evaluation, Map<String, String>> files) {
    this.files = files;
  }

  /**
   * What was written.
   *
   * @param format of the files
   * @param folders each with the files of one mapping
   * @param refused why layers of a network were left out, each reason once
   */
  public record Written(ExportFormat format, List<Path> folders, List<String> refused) {
    /** Copies the lists: the record is immutable. */
    public Written {
      folders = List.copyOf(folders);
      refused = List.copyOf(refused);
    }

    /** The folders, and what is not in them, a line each. */
    @Override
    public String toString() {
      List<String> lines = new ArrayList<>();
      folders.forEach(folder -> lines.add(format.word() + ": " + folder));
      refused.forEach(reason -> lines.add("left out: " + reason));
      return String.join("\n", lines);
    }
  }

  /**
   * The format of a word.
   *
   * @throws IllegalArgumentException if there is none; the message lists the words
   */
  public static ExportFormat parse(String word) {
    List<String> words = Arrays.stream(values()).map(ExportFormat::word).toList();
    int index = words.indexOf(word.strip().toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s: the format must be one of %s%s"
              .formatted(
                  word,
                  String.join(", ", words),
                  Nearest.to(word, words).map(n -> ". Maybe " + n + " was meant.").orElse("")));
    }
    return values()[index];
  }

  /** The word of a format, {@code timeloop}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes a mapping into a folder, created if missing.
   *
   * @throws IllegalArgumentException if the format does not hold it, as {@link TimeloopExport} and
   *     {@link AccelForgeExport} say
   */
  public Written write(Evaluation evaluation, Path folder) {
    Map<String, String> texts = files.apply(evaluation);
    AtomicFile.makeFolder(folder);
    texts.forEach((name, text) -> AtomicFile.write(folder.resolve(name), text));
    return new Written(this, List.of(folder), List.of());
  }

  /**
   * Maps the layers of a network by EDP, so that a dimension is unrolled along one side of the
   * array only, as the formats have it, and writes a folder for each: {@code 01-conv1}, ….
   *
   * @return also why layers that only add were left out
   */
  public Written write(Network network, Accelerator accelerator, Path folder) {
    List<Path> folders = new ArrayList<>();
    Set<String> refused = new LinkedHashSet<>();
    int number = 1;
    for (Layer layer : network.layers()) {
      Path place = folder.resolve("%02d-%s".formatted(number++, plain(layer.name())));
      try {
        Evaluation best =
            Mapper.best(
                    Dataflows.space(layer.einsum(), accelerator).withDimensionsAlongOneSide(),
                    Objective.EDP,
                    Accounting.EXACT,
                    Effort.DEFAULT)
                .evaluation();
        folders.addAll(write(best, place).folders());
      } catch (IllegalArgumentException notHeld) {
        refused.add(notHeld.getMessage());
      }
    }
    return new Written(this, folders, List.copyOf(refused));
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_.-]+", "-");
  }
}
