package dance.interchange;

import dance.SharedData;
import dance.accelerator.Accelerator;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The evaluations by Timeloop that tests repeat. */
public final class ReferenceCases {
  private static final Path OWN = Path.of("src", "test", "resources", "timeloop", "cases");
  private static final Path SHARED = Path.of("..", "shared", "reference", "timeloop", "cases");

  private ReferenceCases() {}

  /**
   * One evaluation.
   *
   * @param folder with arch.yaml, problem.yaml, mapping.yaml, map.txt and stats.json
   */
  public record Case(Path folder) {
    public String name() {
      return folder.getFileName().toString();
    }

    public Path file(String name) {
      return folder.resolve(name);
    }

    public Accelerator accelerator() {
      return TimeloopArchitecture.read(file("arch.yaml")).value();
    }

    public Einsum einsum() {
      return TimeloopProblem.read(file("problem.yaml")).value();
    }

    public Mapping mapping() {
      return TimeloopMapping.read(file("mapping.yaml"), einsum(), accelerator()).value();
    }

    /** Constraints of the search that found the mapping, where there was one. */
    public Optional<Path> constraints() {
      return Optional.of(file("constraints.yaml")).filter(Files::exists);
    }

    public String text(String name) {
      try {
        return Files.readString(file(name));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    /** The counts; JSON is YAML. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> stats() {
      Load load = new Load(LoadSettings.builder().build());
      return (Map<String, Object>) load.loadFromString(text("stats.json"));
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** The cases that the project has itself. */
  public static List<Case> own() {
    return in(OWN);
  }

  /** Whether the folder with all cases is there. */
  private static boolean sharedIsThere() {
    return Files.isDirectory(SHARED);
  }

  /** Skips a test that needs the cases of other people's files, where they are not there. */
  public static void requireShared() {
    SharedData.require(SHARED, "36 more of the 74 cases of Timeloop are compared");
  }

  /** All cases: the project's own, and the other groups where the shared folder is there. */
  public static List<Case> all() {
    if (!sharedIsThere()) {
      return own();
    }
    List<String> ownNames = own().stream().map(Case::name).toList();
    return Stream.concat(
            own().stream(), in(SHARED).stream().filter(c -> !ownNames.contains(c.name())))
        .toList();
  }

  /**
   * A case of either place.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Case named(String name) {
    return all().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no reference case " + name));
  }

  private static List<Case> in(Path root) {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(Files::isDirectory)
          .sorted(Comparator.comparing(Path::toString))
          .map(Case::new)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
