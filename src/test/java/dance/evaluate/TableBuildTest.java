package dance.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dance.accelerator.Accelerator;
import dance.check.Journal;
import dance.cost.CostModel;
import dance.cost.Metrics;
import dance.cost.Progress;
import dance.space.AcceleratorSpace;
import dance.space.NetworkSpace;
import dance.workload.Layer;
import dance.workload.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables are the same however they came to be: threads, interruptions, kills. */
class TableBuildTest {
  static final NetworkSpace NETWORKS = SyntheticModel.tiny();

  /** 867 designs: three whole parts and a rest. */
  static final AcceleratorSpace DESIGNS = AcceleratorSpace.dance().rf(16);

  private static final int FIRST_LINE = "dance journal, version 1\n".length();
  private static final long CELLS = (long) NETWORKS.distinctLayers().size() * DESIGNS.size();

  @TempDir private Path folder;
  private Path file;
  private byte[] expected;

  @BeforeEach
  void build() throws IOException {
    Path whole = folder.resolve("whole.table");
    build(new SyntheticModel(), 1, whole);
    expected = Files.readAllBytes(whole);
    file = folder.resolve("t.table");
  }

  private static CostTable build(CostModel model, int threads, Path file) {
    return CostTable.build(
        model, NETWORKS, DESIGNS, BuildOptions.defaults().threads(threads).file(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 200})
  void theNumberOfThreadsChangesNoByte(int threads) throws IOException {
    SyntheticModel model = new SyntheticModel();
    CostTable table = build(model, threads, file);
    assertThat(file).hasBinaryContent(expected);
    assertThat(model.cells).as("every cell is priced once").hasValue(CELLS);
    Path again = folder.resolve("again.table");
    table.write(again);
    assertThat(again).hasBinaryContent(expected);
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void whatIsPricedAloneIsSaid() {
    List<Progress.State> states = new ArrayList<>();
    CostModel slow =
        new CostModel() {
          @Override
          public Metrics metrics(Network network, Accelerator accelerator) {
            return new SyntheticModel().metrics(network, accelerator);
          }

          @Override
          public Optional<String> alone(Layer layer, Accelerator accelerator) {
            return Optional.of("5 memory levels, not 3");
          }
        };
    BuildOptions options = BuildOptions.defaults().progress(states::add);
    CostTable.build(slow, NETWORKS, SyntheticModel.few(), options);
    assertThat(states.get(states.size() - 1).note())
        .startsWith("designs one by one: template:")
        .endsWith(" has 5 memory levels, not 3");
  }

  @Test
  void aKilledBuildResumesWhereItWas() throws Exception {
    Random random = new Random(17);
    Path journal = Journal.beside(file);
    long kept = 0;
    int kills = 0;
    for (long wanted = 1; kills < 4; wanted += 6000 + random.nextInt(9000)) {
      Process child = start();
      while (child.isAlive() && (!Files.exists(journal) || Files.size(journal) < wanted)) {
        Thread.sleep(2);
      }
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).as("it was killed, not finished").isNotZero();
      assertThat(file).doesNotExist();
      assertThat(Files.size(journal)).as("nothing is lost").isGreaterThanOrEqualTo(kept);
      kept = Files.size(journal);
      kills++;
    }
    SyntheticModel model = new SyntheticModel();
    build(model, 2, file);
    assertThat(file).hasBinaryContent(expected);
    assertThat(journal).doesNotExist();
    assertThat(model.cells.get()).isLessThan(CELLS).isPositive();
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledBuild.class.getName(),
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aJournalThatEndsAnywhereIsUsedAsFarAsItIsWhole() throws IOException {
    Path journal = interruptedAfter(CELLS / 2);
    byte[] bytes = Files.readAllBytes(journal);
    Random random = new Random(19);
    for (int i = 0; i < 20; i++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      if (i % 2 == 1 && cut.length > FIRST_LINE) {
        cut[FIRST_LINE + random.nextInt(cut.length - FIRST_LINE)] ^= 4;
      }
      Files.write(journal, cut);
      build(new SyntheticModel(), 2, file);
      assertThat(file).hasBinaryContent(expected);
    }
  }

  @Test
  void theJournalOfAnotherModelIsRefusedAndNotUsed() throws IOException {
    Path journal = interruptedAfter(CELLS / 2);
    SyntheticModel other = new SyntheticModel(2);
    assertThatThrownBy(() -> build(other, 2, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t.table.part is of another table");
    assertThat(other.cells).hasValue(0);
    Files.delete(journal);
    build(other, 2, file);
    assertThat(other.cells).hasValue(CELLS);
  }

  @Test
  void anInterruptedBuildKeepsWhatIsFinished() throws IOException {
    Path journal = interruptedAfter(CELLS / 2);
    assertThat(file).doesNotExist();
    assertThat(Files.size(journal)).isGreaterThan(TableGrid.PART * 8L);
    SyntheticModel model = new SyntheticModel();
    List<Progress.State> states = new ArrayList<>();
    CostTable.build(
        model, NETWORKS, DESIGNS, BuildOptions.defaults().progress(states::add).file(file));
    assertThat(model.cells.get()).isPositive().isLessThan(CELLS);
    assertThat(file).hasBinaryContent(expected);
    Progress.State last = states.get(states.size() - 1);
    assertThat(last.done()).isEqualTo(last.total()).isEqualTo(CELLS);
    assertThat(last.remainingSeconds()).isZero();
    assertThat(last.task()).isEqualTo("cost table of tiny × dance");
  }

  /** Interrupts the thread that builds after some cells; returns the journal. */
  private Path interruptedAfter(long cells) {
    SyntheticModel model = new SyntheticModel();
    Thread builder = Thread.currentThread();
    AtomicBoolean once = new AtomicBoolean();
    CostModel interrupting =
        new CostModel() {
          @Override
          public Metrics metrics(dance.workload.Network network, Accelerator accelerator) {
            if (model.cells.get() >= cells) {
              if (once.compareAndSet(false, true)) {
                builder.interrupt();
              }
              try {
                Thread.sleep(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
            return model.metrics(network, accelerator);
          }

          @Override
          public String fingerprint() {
            return model.fingerprint();
          }
        };
    assertThatThrownBy(() -> build(interrupting, 2, file))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("of " + CELLS + " layers × designs");
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    return Journal.beside(file);
  }

  @Test
  void whatTheModelCannotPriceIsNamed() {
    Accelerator bad = DESIGNS.accelerator(700);
    CostModel model =
        (network, accelerator) -> {
          if (accelerator.equals(bad)) {
            throw new IllegalArgumentException("RF is 3 words too small");
          }
          return new Metrics(1, 1, 1, 1);
        };
    assertThatThrownBy(() -> CostTable.build(model, NETWORKS, DESIGNS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no cost on " + bad.name() + ": RF is 3 words too small");
    CostModel faulty =
        (network, accelerator) -> {
          throw new IllegalStateException("lost a tile");
        };
    assertThatThrownBy(() -> CostTable.build(faulty, NETWORKS, DESIGNS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lost a tile");
    CostModel infinite = (network, accelerator) -> new Metrics(Double.NaN, 1, 1, 1);
    assertThatThrownBy(() -> CostTable.build(infinite, NETWORKS, DESIGNS))
        .hasMessageContaining("latency of layer 0")
        .hasMessageContaining("(NaN) must be finite");
  }

  @Test
  void oneFileIsBuiltByOneProgramAtATime() {
    TableIdentity identity = TableIdentity.of(NETWORKS, DESIGNS, DESIGNS.list(), "synthetic");
    String hash = HexFormat.of().formatHex(identity.hash());
    try (Journal open = Journal.open(file, "table", hash, part -> {})) {
      assertThat(open).isNotNull();
      assertThatThrownBy(() -> build(new SyntheticModel(), 1, file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("t.table.part is in use");
    }
  }
}
