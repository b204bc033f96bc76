package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.cost.Progress;
import dance.evaluate.neural.Torch;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import dance.workload.Network;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks trained from scratch. */
class TrainingTest {
  private static final ImageData DATA = SyntheticImages.data(240, 150);
  private static final TrainingOptions OPTIONS = TrainingOptions.defaults().batch(24, 0.1);

  private static Training.Outcome train(String genotype, TrainingOptions options) {
    return Training.fromScratch(
        SyntheticImages.SPACE,
        Genotype.parse(genotype),
        DATA.train(),
        DATA.test(),
        options,
        Progress.SILENT);
  }

  @Test
  void anEasyTaskIsTrained() {
    assertThat(train("mb3e2,mb3e1", OPTIONS).accuracy()).isGreaterThan(0.95);
  }

  @Test
  void oneSeedGivesOneResultAndAnotherSeedAnother() {
    TrainingOptions options = OPTIONS.epochs(2).augmentation(new Augmentation(1, true));
    Training.Outcome first = train("mb3e2,zero", options);
    assertThat(train("mb3e2,zero", options)).isEqualTo(first);
    assertThat(train("mb3e2,zero", options.seed(2)).loss()).isNotEqualTo(first.loss());
  }

  @Test
  void aDeviceIsTakenOrRefusedByName() {
    TrainingOptions options = OPTIONS.epochs(1).device("cpu");
    assertThat(train("mb3e2,zero", options)).isEqualTo(train("mb3e2,zero", options));
    int gpus = Torch.engine().getGpuCount();
    assertThatThrownBy(() -> train("mb3e2,zero", OPTIONS.device("gpu" + gpus)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device gpu" + gpus + " is not here: PyTorch finds " + gpus);
    assertThatThrownBy(() -> train("mb3e2,zero", OPTIONS.device("tpu")))
        .hasMessageContaining("device tpu must be auto, cpu, gpu");
  }

  @Test
  void aLossThatIsNoNumberIsExplained() {
    TrainingOptions wild = OPTIONS.regularisation(0, 0).batch(24, 1e30);
    assertThatThrownBy(() -> train("mb3e2,zero", wild))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loss is")
        .hasMessageContaining("Maybe a smaller learning rate");
  }

  @Test
  void anInterruptEndsTraining() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train("zero,zero", OPTIONS)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** What the cost models count and what is trained must be the same network. */
  @ParameterizedTest
  @ValueSource(strings = {"mb3e1,zero,mb3e6,mb5e3", "mb3e6,mb5e3,mb3e6,mb5e3"})
  void aTrainableNetworkHasTheParametersOfTheOneThatIsSimulated(String genotype) {
    Network network = NetworkSpace.mini().network(Genotype.parse(genotype));
    Torch.engine();
    try (TrainableNetwork trainable =
        new TrainableNetwork(NetworkSpace.mini(), Genotype.parse(genotype), 1, "cpu")) {
      assertThat(trainable.parameters()).isEqualTo(network.parameters());
    }
  }

  @Test
  void spacesThatCannotBeTrainedAreRefusedWithTheReason() {
    NetworkSpace cells = NetworkSpace.nasBench201();
    assertThatThrownBy(
            () -> new TrainableNetwork(cells, cells.sample(new java.util.Random(1)), 1, "cpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be trained");
    assertThatThrownBy(
            () ->
                Training.fromScratch(
                    NetworkSpace.mini(),
                    Genotype.parse("mb3e1,zero,mb3e6,mb5e3"),
                    DATA.train(),
                    DATA.test(),
                    OPTIONS,
                    Progress.SILENT))
        .hasMessageContaining("networks of space mini take 1×28×28 and have 10 classes");
  }
}
