package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared weights: their gradients, what they learn, and that a search can resume from any step. */
class SupernetTest {
  private static final NetworkSpace SPACE = SyntheticImages.SPACE;
  private static final int GATES = 6;
  private static final SupernetOptions OPTIONS =
      SupernetOptions.defaults().batch(24, 0.1).augmentation(new Augmentation(1, true));

  private static Supernet supernet(boolean sampled, long seed) {
    return new Supernet(
        SPACE,
        SyntheticImages.images(120, 1),
        SyntheticImages.images(90, 2),
        OPTIONS.sampled(sampled),
        seed);
  }

  private static double[] oneHot(SplittableRandom random) {
    return SPACE.encode(SPACE.sample(random));
  }

  private static double[] mixture(SplittableRandom random) {
    double[] gates = new double[GATES];
    for (int b = 0; b < 2; b++) {
      double sum = 0;
      for (int o = 0; o < 3; o++) {
        sum += gates[3 * b + o] = 0.2 + random.nextDouble();
      }
      for (int o = 0; o < 3; o++) {
        gates[3 * b + o] /= sum;
      }
    }
    return gates;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theGradientIsThatOfFiniteDifferences(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Supernet net = supernet(false, seed)) {
      for (int i = 0; i < 5; i++) {
        net.train(mixture(random), 0);
      }
      double[] gates = mixture(random);
      byte[] here = net.state();
      double[] gradient = new double[GATES];
      net.loss(gates, gradient);
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < GATES; i++) {
        double step = 4e-3;
        double difference = 0;
        for (int sign : new int[] {1, -1}) {
          double[] moved = gates.clone();
          moved[i] += sign * step;
          net.restore(here);
          difference += sign * net.loss(moved, new double[GATES]) / (2 * step);
        }
        assertThat(gradient[i]).isCloseTo(difference, within(0.03 * largest + 1e-3));
      }
    }
  }

  @Test
  void aSampleHasTheLossAndTheGradientOfItsOwnGatesAndNoneOfOthers() {
    double[] gates = SPACE.encode(Genotype.parse("mb3e2,mb3e1"));
    double[] ofSample = new double[GATES];
    double[] ofMixture = new double[GATES];
    Arrays.fill(ofSample, 7);
    try (Supernet one = supernet(true, 3);
        Supernet all = supernet(false, 3)) {
      assertThat(one.loss(gates, ofSample)).isCloseTo(all.loss(gates, ofMixture), within(1e-6));
      for (int i = 0; i < GATES; i++) {
        assertThat(ofSample[i]).isCloseTo(gates[i] * ofMixture[i], within(1e-5));
        assertThat(ofMixture[i]).as("of what is not chosen too").isNotZero();
      }
      assertThat(one.sampled()).isTrue();
      assertThat(all.sampled()).isFalse();
    }
  }

  @Test
  void judgingLeavesTheWeightsAsTheyAre() {
    SplittableRandom random = new SplittableRandom(5);
    try (Supernet judging = supernet(true, 4);
        Supernet undisturbed = supernet(true, 4)) {
      for (int i = 0; i < 6; i++) {
        double[] gates = oneHot(random);
        judging.loss(oneHot(random), new double[GATES]);
        judging.accuracy(SPACE.sample(random));
        assertThat(judging.train(gates, 0)).isEqualTo(undisturbed.train(gates, 0));
      }
    }
  }

  /** Steps from one number to another of a search whose gates depend on the number. */
  private static void steps(Supernet net, int from, int to) {
    for (int i = from; i < to; i++) {
      SplittableRandom random = new SplittableRandom(i);
      double progress = i / 24.0;
      net.train(net.sampled() ? oneHot(random) : mixture(random), progress);
      net.loss(net.sampled() ? oneHot(random) : mixture(random), new double[GATES]);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSearchResumedFromAnyStateEndsBitForBitTheSame(boolean sampled) {
    byte[] end;
    byte[][] moments = new byte[24][];
    try (Supernet net = supernet(sampled, 6)) {
      for (int i = 0; i < 24; i++) {
        moments[i] = net.state();
        steps(net, i, i + 1);
      }
      end = net.state();
    }
    for (int moment : new int[] {0, 1, 7, 12, 23}) {
      try (Supernet resumed = supernet(sampled, 6)) {
        steps(resumed, 0, 2); // whatever it did before is forgotten
        resumed.restore(moments[moment]);
        steps(resumed, moment, 24);
        assertThat(resumed.state()).isEqualTo(end);
      }
    }
  }

  @Test
  void whatIsNoStateAndWhatAreNoGatesIsRefused() {
    try (Supernet net = supernet(true, 1)) {
      byte[] state = net.state();
      byte[] shorter = Arrays.copyOf(state, state.length - 1);
      assertThatThrownBy(() -> net.restore(shorter))
          .hasMessageContaining("are not the state of a supernet of tiny");
      state[0] ^= 1;
      assertThatThrownBy(() -> net.restore(state)).hasMessageContaining("are not the state");
      assertThatThrownBy(() -> net.train(new double[5], 0))
          .hasMessage("5 gates must be those of 2 blocks × 3 operations");
      assertThatThrownBy(() -> net.train(new double[] {1, 0, 0, 0.5, 0.5, 0}, 0))
          .hasMessage("2 gates of b2 are not 0, but one must be");
      assertThatThrownBy(() -> net.loss(new double[] {Double.NaN, 0, 0, 1, 0, 0}, new double[6]))
          .hasMessageContaining("gate of mb3e1 at b1 (NaN) must be a number");
    }
    assertThatThrownBy(
            () ->
                new Supernet(
                    NetworkSpace.mini(),
                    SyntheticImages.images(30, 1),
                    SyntheticImages.images(30, 2),
                    OPTIONS,
                    1))
        .hasMessageContaining("networks of space mini take 1×28×28");
  }

  @Test
  void aLossThatIsNoNumberIsExplained() {
    SupernetOptions wild = OPTIONS.regularisation(0, 0).batch(24, 1e30);
    Images images = SyntheticImages.images(48, 1);
    try (Supernet net = new Supernet(SPACE, images, images, wild, 1)) {
      double[] gates = SPACE.encode(Genotype.parse("mb3e2,zero"));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 5; i++) {
                  net.train(gates, 0);
                }
              })
          .hasMessageContaining("loss is")
          .hasMessageContaining("Maybe a smaller learning rate");
    }
  }

  @Test
  @Tag("memory")
  void memoryStaysFlatOverAThousandSteps() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "only Linux says how much memory it is");
    try (Supernet net = supernet(true, 7);
        Supernet mixture = supernet(false, 7)) {
      steps(net, 0, 200);
      steps(mixture, 0, 50);
      long before = residentKb(status);
      int arrays = net.arrays() + mixture.arrays();
      steps(net, 0, 1000);
      steps(mixture, 0, 150);
      assertThat(net.arrays() + mixture.arrays()).isEqualTo(arrays);
      // a step makes more than a hundred arrays of up to 12 KB: a leak would be 100 MB or more
      assertThat(residentKb(status) - before).isLessThan(40_000);
    }
  }

  private static long residentKb(Path status) throws IOException {
    System.gc();
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sharedWeightsLearnTheBundledImages() {
    ImageTask task = ImageTask.mini();
    NetworkSpace space = task.space();
    SplittableRandom random = new SplittableRandom(8);
    try (Supernet net = (Supernet) task.accuracyModel(1)) {
      double[] gradient = new double[space.blocks() * space.operations().size()];
      double[] gates = space.encode(Genotype.parse("mb3e1,zero,mb3e6,zero"));
      double before = net.loss(gates, gradient);
      int steps = 120;
      for (int i = 0; i < steps; i++) {
        net.train(i % 2 == 0 ? gates : space.encode(space.sample(random)), (double) i / steps);
      }
      assertThat(before).isGreaterThan(2);
      assertThat(net.loss(gates, gradient)).isLessThan(before - 0.8);
      assertThat(net.accuracy(space.decode(gates))).isGreaterThan(0.5);
    }
  }

  @Test
  void aTaskHasHalvesOfItsOwnAndTrainsWhatItFound() {
    ImageTask task =
        ImageTask.of(SPACE, SyntheticImages.data(240, 90))
            .supernet(OPTIONS)
            .training(TrainingOptions.defaults().batch(24, 0.1));
    List<Images> halves = task.halves();
    assertThat(halves).extracting(Images::size).containsExactly(120, 120);
    assertThat(halves.get(0).sha256()).isNotEqualTo(halves.get(1).sha256());
    double accuracy = task.accuracy(Genotype.parse("mb3e2,mb3e1"), 1);
    assertThat(accuracy).isBetween(0.9, 1.0);
    assertThat(task.accuracy(Genotype.parse("mb3e2,mb3e1"), 1)).isEqualTo(accuracy);
    assertThat(task.trains()).isTrue();
    assertThat(task.name()).isEqualTo("made-up tiny");
    assertThat(task.fingerprint())
        .isNotEqualTo(task.splitSeed(2).fingerprint())
        .isNotEqualTo(task.supernet(OPTIONS.sampled(false)).fingerprint())
        .isEqualTo(
            ImageTask.of(SPACE, SyntheticImages.data(240, 90))
                .supernet(OPTIONS)
                .training(TrainingOptions.defaults().batch(24, 0.1))
                .fingerprint());
  }
}
