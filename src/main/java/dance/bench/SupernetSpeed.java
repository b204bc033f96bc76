package dance.bench;

import dance.search.AccuracyModel;
import dance.search.train.ImageTask;
import dance.space.NetworkSpace;
import java.util.SplittableRandom;

/**
 * Speed of a supernet search on this machine.
 *
 * @param imagesPerSecond training and validation images
 */
public record SupernetSpeed(double imagesPerSecond) {

  /** With {@link ImageTask#mini}, random paths, on one core. */
  public static SupernetSpeed measure(double seconds) {
    ImageTask task = ImageTask.mini();
    NetworkSpace space = task.space();
    SplittableRandom random = new SplittableRandom(1);
    try (AccuracyModel model = task.accuracyModel(1)) {
      double[] gradient = space.uniform();
      long start = 0;
      int warmUp = 20;
      for (int step = -warmUp; ; step++) {
        start = step == 0 ? System.nanoTime() : start;
        double done = (System.nanoTime() - start) / 1e9;
        if (step > 0 && done >= seconds) {
          return new SupernetSpeed(2.0 * step * task.supernet().batch() / done);
        }
        double[] gates = space.encode(space.sample(random));
        model.train(gates, 0);
        model.loss(gates, gradient);
      }
    }
  }
}
