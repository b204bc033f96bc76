package dance.command;

import dance.check.Rules;
import dance.simulate.mapper.Effort;
import picocli.CommandLine.Option;

/** Effort of the search for one mapping. */
final class EffortOptions {
  @Option(
      names = "--effort",
      paramLabel = "STEPS",
      description = {
        "Steps after which the search returns the best mapping so far, the same",
        "on every machine (default: 16,000,000 a layer, some seconds for the hardest)."
      })
  private Long steps;

  @Option(
      names = {"--seconds", "--budget"},
      paramLabel = "SECONDS",
      description =
          "Seconds after which the search returns the best mapping so far; depends on "
              + "the machine.")
  private Double seconds;

  /**
   * The effort of the options.
   *
   * @param otherwise default if no option is given
   * @throws IllegalArgumentException with all problems
   */
  Effort effort(Effort otherwise) {
    new Rules()
        .require(steps == null || steps >= 1, "--effort (%s steps) must be at least 1", steps)
        .require(
            seconds == null || (seconds > 0 && seconds < Double.POSITIVE_INFINITY),
            "--seconds (%s s) must be positive and finite",
            seconds)
        .check();
    if (steps == null && seconds == null) {
      return otherwise;
    }
    return new Effort(
        steps == null ? Long.MAX_VALUE : steps,
        seconds == null ? Double.POSITIVE_INFINITY : seconds);
  }
}
