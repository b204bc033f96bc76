package dance.command;

import dance.check.Rules;
import dance.simulate.mapper.Effort;
import picocli.CommandLine.Option;

/** What the search for one mapping may take. */
final class EffortOptions {
  @Option(
      names = "--effort",
      paramLabel = "STEPS",
      description = {
        "Then the best mapping so far will do, the same on every machine",
        "(default: some seconds; 8,000,000 to map, 2,000,000 for each layer of a network)."
      })
  private Long steps;

  @Option(
      names = {"--seconds", "--budget"},
      paramLabel = "SECONDS",
      description = "Likewise by the clock: what is found depends on the machine.")
  private Double seconds;

  /**
   * The effort asked for.
   *
   * @param otherwise if none is
   * @throws IllegalArgumentException with everything that is wrong
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
