package dance.command;

import dance.accelerator.Accelerator;
import dance.interchange.AcceleratorReader;
import dance.interchange.Parsed;
import dance.interchange.ProblemReader;
import dance.simulate.mapper.MapConstraints;
import dance.simulate.mapping.Mapping;
import dance.workload.Einsum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Architecture and problem of a mapping.
 *
 * @param accelerator from the architecture file
 * @param einsum from the problem file
 */
record TimeloopInput(Accelerator accelerator, Einsum einsum) {

  /**
   * Reads both files.
   *
   * @throws IllegalArgumentException with the problems of both, one a line
   */
  static TimeloopInput read(Path architecture, Path problem, Consumer<String> warnings) {
    List<String> problems = new ArrayList<>();
    Parsed<Accelerator> accelerator =
        orProblem(() -> AcceleratorReader.read(architecture, problem), problems);
    Parsed<Einsum> einsum = orProblem(() -> ProblemReader.read(problem), problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
    accelerator.warnings().forEach(warnings);
    einsum.warnings().forEach(warnings);
    return new TimeloopInput(accelerator.value(), einsum.value());
  }

  private static <T> Parsed<T> orProblem(Supplier<Parsed<T>> reader, List<String> problems) {
    try {
      return reader.get();
    } catch (IllegalArgumentException invalid) {
      problems.add(invalid.getMessage());
      return null;
    }
  }

  /** With words of the widths that the problem gives them, by what each level keeps. */
  TimeloopInput narrowed(
      Path problem,
      Optional<Mapping> mapping,
      Optional<MapConstraints> constraints,
      Consumer<String> warnings) {
    Parsed<Accelerator> narrowed =
        ProblemReader.narrowed(problem, einsum, accelerator, mapping, constraints);
    narrowed.warnings().forEach(warnings);
    return new TimeloopInput(narrowed.value(), einsum);
  }
}
