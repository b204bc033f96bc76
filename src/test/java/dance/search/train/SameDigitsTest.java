package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import dance.OtherProgram;
import dance.cost.Progress;
import dance.evaluate.neural.SameDigits;
import dance.evaluate.neural.Torch;
import dance.space.Genotype;
import dance.space.NetworkSpace;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A training gives the same digits on every x86 processor with AVX2. */
class SameDigitsTest {
  /**
   * SHA-256 of the weights of a short training. Seen on an AMD EPYC of family 26 (Zen 5, AVX-512),
   * and in emulation, {@code qemu-x86_64 -cpu MODEL java -XX:UseAVX=2 …}, on the models Haswell,
   * Skylake-Client and EPYC.
   */
  private static final String WEIGHTS =
      "8064dbd5cbaa0d52d4a05b59876d31719bf49c46434175120aefa9ad41bc9ab2";

  private static final String ATEN = "ATEN_CPU_CAPABILITY";

  /** Whether trainings here give the digits of x86 with AVX2. */
  static boolean theDigitsAreFixed() {
    return SameDigits.environment().containsKey(ATEN)
        && !Boolean.getBoolean(SameDigits.FAST)
        && SameDigits.environment().entrySet().stream()
            .filter(e -> !e.getKey().startsWith("OMP"))
            .allMatch(
                e -> System.getenv().getOrDefault(e.getKey(), e.getValue()).equals(e.getValue()));
  }

  private static void assumeAvx2() {
    assumeTrue(theDigitsAreFixed(), "the digits are those of x86 with AVX2");
  }

  @Test
  void aShortTrainingEndsWithTheseWeights() throws Exception {
    assumeAvx2();
    assertThat(hash()).isEqualTo(WEIGHTS);
  }

  private static String hash() throws Exception {
    ImageData data = FashionMnist.bundled().part(1, 200, 100);
    TrainingOptions options = TrainingOptions.defaults().epochs(1).seed(3).device("cpu");
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    Training.fromScratch(
        NetworkSpace.mini(),
        Genotype.parse("mb3e1,zero,mb3e1,zero"),
        data.train(),
        data.test(),
        options,
        Progress.SILENT,
        network -> {
          ByteBuffer weights = ByteBuffer.allocate(network.weights().bytes());
          network.weights().write(weights);
          sha.update(weights.flip());
        });
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void theVariablesAreSetBeforePyTorchIsLoaded() {
    assumeAvx2();
    Torch.engine();
    Map<String, String> wanted = SameDigits.environment();
    assertThat(wanted)
        .containsEntry(ATEN, "avx2")
        .containsEntry("ONEDNN_MAX_CPU_ISA", "AVX2")
        .containsEntry("MKL_CBWR", "COMPATIBLE");
    wanted.forEach(
        (name, value) ->
            assertThat(value(name)).isEqualTo(System.getenv().getOrDefault(name, value)));
  }

  @Test
  void theUsersOwnChoiceIsKept() throws Exception {
    assumeAvx2();
    assertThat(seen("-Ddance.fast=true", "")).isEqualTo("null");
    assertThat(seen("-Ddance.fast=false", "default")).isEqualTo("default");
  }

  @Test
  void aReducedJavaFixesTheSameKernels() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "elsewhere nobody else says");
    OtherProgram.Ended ended =
        OtherProgram.java(
                "--limit-modules=java.base",
                "-cp",
                OtherProgram.classPath(),
                Environment.class.getName())
            .run();
    assertThat(ended.exitCode()).as("%s", ended).isZero();
    assertThat(ended.out().strip()).isEqualTo(SameDigits.environment().toString());
  }

  /** A program that prints what would be set. */
  static final class Environment {
    public static void main(String... none) {
      System.out.println(SameDigits.environment());
    }
  }

  /** The variable of another program after it has loaded PyTorch. */
  private static String seen(String property, String aten) throws Exception {
    OtherProgram program =
        OtherProgram.java(property, "-cp", OtherProgram.classPath(), Printed.class.getName());
    OtherProgram.Ended ended = program.with(ATEN, aten.isEmpty() ? null : aten).run();
    assertThat(ended.exitCode()).as("%s", ended).isZero();
    return ended.out().strip();
  }

  /** The other program. */
  static final class Printed {
    public static void main(String... none) {
      Torch.engine();
      System.out.println(value(ATEN));
    }
  }

  /** What the C library says, as Java's copy of the environment is from its start. */
  private static String value(String name) {
    return Function.getFunction("c", "getenv").invokeString(new Object[] {name}, false);
  }
}
