package dance.interchange;

import dance.accelerator.Accelerator;
import dance.simulate.count.Analysis;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapper.MapSpace;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The content of a folder of Timeloop's files, whatever their names: each section is found by its
 * key.
 *
 * @param workload of the problem
 * @param accelerator of the architecture
 * @param given the mapping, if there is one
 * @param constraints all constraints combined, if there are any
 * @param warnings for ignored parts
 */
public record TimeloopFiles(
    Einsum workload,
    Accelerator accelerator,
    Optional<Mapping> given,
    Optional<MapConstraints> constraints,
    List<String> warnings) {

  private static final String ARCHITECTURE = "architecture";
  private static final String PROBLEM = "problem";
  private static final String MAPPING = "mapping";
  private static final String CONSTRAINTS = "constraints";
  private static final String OTHERS = "others";
  private static final Pattern SECTION =
      Pattern.compile(
          "(?m)^(architecture|arch|problem|mapping|architecture_constraints|mapspace_constraints"
              + "|constraints|mapspace|ERT|ART|variables)\\s*:");

  /** Folders of what Timeloop writes, and hidden ones. */
  private static final Pattern GENERATED =
      Pattern.compile("(^|[/\\\\])(\\.|(ref[-_])?out)[^/\\\\]*[/\\\\]");

  /** Copies the list: the record is immutable. */
  public TimeloopFiles {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads files, and those in folders and the folders directly in them, but for outputs.
   *
   * @throws IllegalArgumentException if there is not exactly one problem and one architecture, or
   *     with all problems of the files
   */
  public static TimeloopFiles read(Collection<Path> filesAndFolders) {
    Map<String, List<Path>> sections = new LinkedHashMap<>();
    List.of(ARCHITECTURE, PROBLEM, MAPPING, CONSTRAINTS, OTHERS)
        .forEach(s -> sections.put(s, new ArrayList<>()));
    for (Path file : files(filesAndFolders)) {
      String text = text(file);
      Matcher section = SECTION.matcher(text);
      while (section.find()) {
        List<Path> holders = sections.get(kind(section.group(1)));
        if (!holders.contains(file)) {
          holders.add(file);
        }
      }
      if (TimeloopConstraints.inPlace(text)) {
        sections.get(CONSTRAINTS).add(file);
      }
    }
    List<String> wrong = new ArrayList<>();
    for (String needed : List.of(ARCHITECTURE, PROBLEM, MAPPING)) {
      List<Path> holders = sections.get(needed);
      if (holders.isEmpty() && !needed.equals(MAPPING)) {
        wrong.add("no file of " + filesAndFolders + " has a section " + needed);
      } else if (holders.size() > 1 && overlap(needed, holders)) {
        wrong.add("several files have a section " + needed + ": " + holders);
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), wrong));
    }
    List<Path> all = sections.values().stream().flatMap(List::stream).distinct().toList();
    Set<String> warnings = new LinkedHashSet<>();
    Parsed<Accelerator> accelerator = TimeloopArchitecture.read(all);
    Problems problems = new Problems();
    Parsed<TimeloopProblem.Sized> sized =
        TimeloopProblem.sized(YamlFile.read(all, problems), problems);
    Einsum einsum = sized.value().einsum();
    warnings.addAll(accelerator.warnings());
    warnings.addAll(sized.warnings());
    Optional<Mapping> mapping = Optional.empty();
    if (!sections.get(MAPPING).isEmpty()) {
      Parsed<Mapping> reading =
          TimeloopMapping.read(sections.get(MAPPING).get(0), einsum, accelerator.value());
      warnings.addAll(reading.warnings());
      mapping = Optional.of(reading.value());
    }
    Optional<MapConstraints> constraints = Optional.empty();
    if (!sections.get(CONSTRAINTS).isEmpty()) {
      Parsed<MapConstraints> reading =
          TimeloopConstraints.read(sections.get(CONSTRAINTS), einsum, accelerator.value());
      warnings.addAll(reading.warnings());
      constraints = Optional.of(reading.value());
    }
    List<String> widths = new ArrayList<>();
    Accelerator narrowed =
        WordWidths.of(
            accelerator.value(),
            einsum,
            sized.value().bits(),
            WordWidths.kept(einsum, accelerator.value(), mapping, constraints),
            widths);
    warnings.addAll(widths);
    return new TimeloopFiles(einsum, narrowed, mapping, constraints, List.copyOf(warnings));
  }

  /** Whether a section of several files has an entry in two of them. */
  private static boolean overlap(String section, List<Path> holders) {
    Set<String> seen = new HashSet<>();
    for (Path file : holders) {
      YamlNode root = YamlFile.read(file, new Problems());
      YamlNode node = root.get(section, "arch").orElse(root);
      boolean fresh =
          node.isMapping()
              && node.entries().stream()
                  .map(e -> YamlNode.normal(e.key()))
                  .filter(k -> !k.equals("version"))
                  .allMatch(seen::add);
      if (!fresh) {
        return true;
      }
    }
    return false;
  }

  /**
   * The mapping of the files.
   *
   * @throws IllegalArgumentException if they have none
   */
  public Mapping mapping() {
    return given.orElseThrow(
        () ->
            new IllegalArgumentException(
                "the files have no section mapping. Maybe map(files.workload(),"
                    + " files.accelerator()) finds one."));
  }

  /** Evaluation of their mapping. */
  public Evaluation evaluation() {
    return Analysis.of(workload, accelerator).evaluate(mapping(), Accounting.EXACT);
  }

  /** The map space under their constraints; the whole one if there are none. */
  public MapSpace space() {
    return constraints
        .map(c -> MapSpace.of(workload, accelerator, c))
        .orElseGet(() -> MapSpace.free(workload, accelerator));
  }

  private static String kind(String key) {
    if (List.of("ERT", "ART", "variables").contains(key)) {
      return OTHERS;
    }
    if (key.startsWith("arch") && !key.endsWith(CONSTRAINTS)) {
      return ARCHITECTURE;
    }
    return key.equals(PROBLEM) || key.equals(MAPPING) ? key : CONSTRAINTS;
  }

  private static List<Path> files(Collection<Path> filesAndFolders) {
    List<Path> files = new ArrayList<>();
    for (Path path : filesAndFolders) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> inside = Files.walk(path, 2)) {
        inside
            .filter(f -> f.toString().matches(".*\\.ya?ml"))
            .filter(f -> !GENERATED.matcher(path.relativize(f).toString()).find())
            .sorted()
            .forEach(files::add);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return files;
  }

  private static String text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(file + " is not a file");
    }
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Problem, architecture, mapping and constraints in one line. */
  @Override
  public String toString() {
    return workload.name()
        + " on "
        + accelerator.name()
        + given.map(m -> ", mapping " + m).orElse(", no mapping")
        + (constraints.isPresent() ? ", with constraints" : "");
  }
}
