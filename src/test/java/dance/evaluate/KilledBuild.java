package dance.evaluate;

import dance.Doomed;
import dance.accelerator.Accelerator;
import dance.cost.Metrics;
import dance.workload.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A program that builds a table slowly, to be killed. */
final class KilledBuild {
  private KilledBuild() {}

  /** A model that takes a while for every answer. */
  static final class Slow implements dance.cost.CostModel {
    private final SyntheticModel model = new SyntheticModel();

    @Override
    public Metrics metrics(dance.workload.Network network, Accelerator accelerator) {
      return model.metrics(network, accelerator);
    }

    @Override
    public Function<List<Accelerator>, List<Metrics>> ofLayer(Layer layer) {
      Function<List<Accelerator>, List<Metrics>> price = model.ofLayer(layer);
      return accelerators -> {
        try {
          Thread.sleep(Math.max(1, accelerators.size() * 300L / 1000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return price.apply(accelerators);
      };
    }

    @Override
    public String fingerprint() {
      return model.fingerprint();
    }
  }

  /** Builds the table of {@link TableBuildTest} in this file. */
  public static void main(String... args) {
    CostTable.build(
        new Slow(),
        TableBuildTest.NETWORKS,
        TableBuildTest.DESIGNS,
        BuildOptions.defaults()
            .threads(2)
            .file(Path.of(args[0]))
            .progress(
                state -> {
                  if (state.done() == state.total()) {
                    Doomed.await();
                  }
                }));
  }
}
