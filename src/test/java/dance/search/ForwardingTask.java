package dance.search;

import dance.space.Genotype;
import dance.space.NetworkSpace;

/** A task that does what another one does; what is to differ is overridden. */
interface ForwardingTask extends Task {
  /** The other one. */
  Task task();

  @Override
  default String name() {
    return task().name();
  }

  @Override
  default NetworkSpace space() {
    return task().space();
  }

  @Override
  default double accuracy(Genotype genotype, long seed) {
    return task().accuracy(genotype, seed);
  }

  @Override
  default boolean trains() {
    return task().trains();
  }

  @Override
  default String fingerprint() {
    return task().fingerprint();
  }
}
