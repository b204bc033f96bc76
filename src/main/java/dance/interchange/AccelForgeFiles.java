package dance.interchange;

import dance.accelerator.Accelerator;
import dance.accelerator.Dataflow;
import dance.accelerator.Overheads;
import dance.check.Library;
import dance.simulate.count.Analysis;
import dance.simulate.mapping.Accounting;
import dance.simulate.mapping.Evaluation;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.nio.file.Path;
import java.util.ArrayList;
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
    return read(YamlFile.read(files, problems), problems);
  }

  /** Of a document. */
  static AccelForgeFiles read(YamlNode root, Problems problems) {
    root.knownKeys(
        List.of("arch", "workload", "mapping"), List.of("variables", "renames", "version"));
    Einsum einsum = root.get("workload").map(AccelForgeWorkload::read).orElse(null);
    Accelerator accelerator = accelerator(root, bits(root), problems).value();
    Mapping mapping =
        einsum == null
            ? null
            : root.get("mapping")
                .map(m -> AccelForgeWorkload.mapping(m, einsum, accelerator))
                .orElse(null);
    List<String> warnings = new ArrayList<>();
    Accelerator narrowed =
        einsum == null
            ? accelerator
            : WordWidths.of(
                accelerator,
                einsum,
                AccelForgeEinsums.widths(root.require("workload").orElseThrow(), einsum),
                WordWidths.kept(
                    einsum, accelerator, Optional.ofNullable(mapping), Optional.empty()),
                warnings);
    warnings.addAll(problems.finish(root.file(), () -> narrowed).warnings());
    return new AccelForgeFiles(
        narrowed, Optional.ofNullable(einsum), Optional.ofNullable(mapping), warnings);
  }

  /** Width of the words of a workload; the usual one if there is none. */
  static int bits(YamlNode root) {
    return root.get("workload")
        .map(AccelForgeEinsums::bits)
        .orElse(AccelForgeArchitecture.USUAL_BITS);
  }

  /** The accelerator of a document, with words of this width. */
  static Parsed<Accelerator> accelerator(YamlNode root, int bits, Problems problems) {
    AccelForgeArchitecture arch =
        root.require("arch").map(a -> new AccelForgeArchitecture(a, bits)).orElse(null);
    return problems.finish(
        root.file(),
        () ->
            new Accelerator(
                "accelforge",
                arch.levels(),
                arch.mac(),
                arch.clockMhz(),
                Dataflow.UNCONSTRAINED,
                "energies of " + root.file(),
                Overheads.NONE));
  }

  /** Evaluation of the mapping. */
  public Evaluation evaluation() {
    if (workload.isEmpty() || given.isEmpty()) {
      throw new IllegalArgumentException("the files have no workload with a mapping");
    }
    return Analysis.of(workload.get(), accelerator).evaluate(given.get(), Accounting.EXACT);
  }
}
