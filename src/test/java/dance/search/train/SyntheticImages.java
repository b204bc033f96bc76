package dance.search.train;

import dance.cost.Objective;
import dance.search.SearchExamples;
import dance.search.SearchProblem;
import dance.space.BlockShape;
import dance.space.Classifier;
import dance.space.Convolution;
import dance.space.NetworkSpace;
import dance.space.Operation;
import java.util.SplittableRandom;

/** Synthetic images that are trained on quickly, and a space of tiny networks for them. */
public final class SyntheticImages {
  static final int SIZE = 8;

  /** Two blocks of three operations: nine networks. */
  static final NetworkSpace SPACE =
      NetworkSpace.of("tiny")
          .fixed("stem", BlockShape.of(1, 4, SIZE).stride(2), new Convolution(3))
          .block("b1", BlockShape.of(4, 4, 4), three())
          .block("b2", BlockShape.of(4, 4, 4), three())
          .fixed("classifier", Classifier.shape(4, 3, 4), new Classifier(false));

  private SyntheticImages() {}

  private static Operation[] three() {
    return new Operation[] {Operation.mbConv(3, 1), Operation.mbConv(3, 2), Operation.zero()};
  }

  /** Three classes: bright above, below, or nowhere, under noise. */
  static Images images(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[count * SIZE * SIZE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
      for (int p = 0; p < SIZE * SIZE; p++) {
        boolean above = p < SIZE * SIZE / 2;
        boolean bright = labels[i] == 0 ? above : labels[i] == 1 && !above;
        pixels[i * SIZE * SIZE + p] = (byte) (random.nextInt(160) + (bright ? 90 : 0));
      }
    }
    return new Images(pixels, labels, 3, 1, SIZE, SIZE);
  }

  static ImageData data(int train, int test) {
    return new ImageData("made-up", images(train, 1), images(test, 2));
  }

  /** Which of the nine networks, on which of a few designs, by EDAP; shared weights are quick. */
  public static SearchProblem problem(TrainingOptions training) {
    ImageTask task =
        ImageTask.of(SPACE, data(240, 90))
            .supernet(SupernetOptions.defaults().batch(24, 0.1))
            .training(training.batch(24, 0.1));
    return SearchProblem.of(
        task, SearchExamples.table(SPACE, SearchExamples.few()), Objective.EDAP, 0.1);
  }
}
