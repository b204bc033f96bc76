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
        "(default: 2,000,000, some seconds)."
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
   * @throws IllegalArgumentException with everything that is wrong
   */
  Effort effort() {
    new Rules()
        .require(steps == null || steps >= 1, "--effort (%s steps) must be at least 1", steps)
        .require(
            seconds == null || (seconds > 0 && seconds < Double.POSITIVE_INFINITY),
            "--seconds (%s s) must be positive and finite",
            seconds)
        .check();
    if (steps == null && seconds == null) {
      return Effort.DEFAULT;
    }
    return new Effort(
        steps == null ? Long.MAX_VALUE : steps,
        seconds == null ? Double.POSITIVE_INFINITY : seconds);
  }
}
