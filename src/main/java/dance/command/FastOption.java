package dance.command;

import dance.evaluate.neural.SameDigits;
import picocli.CommandLine.Option;

/** For commands that train: the processor's own kernels instead of those that all have. */
final class FastOption {
  @Option(
      names = "--fast",
      description =
          "Let PyTorch choose its kernels by the processor. Trained weights then differ between"
              + " processors in their last digits, and so may what is found (default: the same"
              + " kernels on every x86 processor with AVX2).")
  void fast(boolean chosen) {
    if (chosen) {
      System.setProperty(SameDigits.FAST, "true");
    }
  }
}
