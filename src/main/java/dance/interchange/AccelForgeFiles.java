package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.MacUnit;
import dance.accelerator.MemoryLevel;
import dance.accelerator.Overheads;
import dance.check.Library;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * AccelForge's files: an {@code arch} of memories, containers and a compute unit, a {@code
 * workload} of one einsum, and a {@code mapping} whose storage nodes stand together for each
 * memory. What has no counterpart here is a problem that names it: fused einsums, tolls, networks,
 * forks, and expressions for latencies.
 *
 * @param accelerator of {@code arch}
 * @param workload of {@code workload}, if there is one
 * @param given of {@code mapping}, if there is one
 * @param warnings for ignored parts
 */
public record AccelForgeFiles(
    Accelerator accelerator,
    Optional<Einsum> workload,
    Optional<Mapping> given,
    List<String> warnings) {
  /** Copies the list: the record is immutable. */
  public AccelForgeFiles {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads files, joined by their keys.
   *
   * @throws IllegalArgumentException with all problems, each with file, line and key
   */
  public static AccelForgeFiles read(List<Path> files) {
    Library.YAML.need("YAML files");
    Problems problems = new Problems();
    YamlNode root = YamlFile.read(files, problems);
    root.knownKeys(
        List.of("arch", "workload", "mapping"), List.of("variables", "renames", "version"));
    Einsum einsum = root.get("workload").map(AccelForgeWorkload::read).orElse(null);
    int bits =
        root.get("workload")
            .map(AccelForgeWorkload::bits)
            .orElse(AccelForgeArchitecture.USUAL_BITS);
    AccelForgeArchitecture arch =
        root.require("arch").map(a -> new AccelForgeArchitecture(a, bits)).orElse(null);
    if (problems.any()) {
      problems.finish(root.file(), () -> null);
    }
    Accelerator accelerator =
        problems
            .finish(
                root.file(),
                () -> {
                  MacUnit mac = arch.mac();
                  List<MemoryLevel> levels = arch.levels();
                  return new Accelerator(
                      "accelforge",
                      levels,
                      mac,
                      arch.clockMhz(),
                      Dataflow.UNCONSTRAINED,
                      "energies of " + root.file(),
                      Overheads.NONE);
                })
            .value();
    Mapping mapping =
        einsum == null
            ? null
            : root.get("mapping")
                .map(m -> AccelForgeWorkload.mapping(m, einsum, accelerator))
                .orElse(null);
    Parsed<Accelerator> whole = problems.finish(root.file(), () -> accelerator);
    return new AccelForgeFiles(
        accelerator, Optional.ofNullable(einsum), Optional.ofNullable(mapping), whole.warnings());
  }

  /** Evaluation of the mapping. */
  public Evaluation evaluation() {
    if (workload.isEmpty() || given.isEmpty()) {
      throw new IllegalArgumentException("the files have no workload with a mapping");
    }
    return Analysis.of(workload.get(), accelerator).evaluate(given.get(), Accounting.EXACT);
  }
}
