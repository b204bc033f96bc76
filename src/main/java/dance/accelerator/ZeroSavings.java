package dance.accelerator;

import dance.check.Rules;
import dance.workload.Operand;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an accelerator saves where operands are zero: energy inside its PEs, and words off-chip.
 * Counts and compute cycles stay what they are: it skips no work, it only switches off.
 *
 * <p>How many words are zero is said by the layer ({@link dance.workload.Layer#zeroInputs}).
 *
 * @param gating of the MAC unit and its memories
 * @param offChip compression of words in the outermost level
 */
public record ZeroSavings(Gating gating, RunLength offChip) {

  /**
   * Of Eyeriss: JSSC'17, Sections IV-D and V-D; its weights are not compressed. That a gated MAC
   * leaves its partial sum alone is our reading: without it the MAC that fits the power of the five
   * AlexNet layers is above what the chip's MAC can take ({@link EyerissSilicon}).
   */
  public static final ZeroSavings EYERISS =
      new ZeroSavings(
          new Gating(
              Set.of(Operand.INPUT), Gating.MAC_45NM, Set.of(Operand.WEIGHT, Operand.OUTPUT)),
          new RunLength(5, 64, Set.of(Operand.INPUT, Operand.OUTPUT)));

  /** Nothing is saved. */
  public static final ZeroSavings NONE =
      new ZeroSavings(new Gating(Set.of(), 1, Set.of()), new RunLength(0, 0, Set.of()));

  /**
   * A MAC that has a zero factor is not started, and some of its operands are not read.
   *
   * @param by operands whose zeros gate a MAC
   * @param mac energy of a gated MAC over that of one that works, 0…1
   * @param reads operands that a gated MAC does not read from memories of its own PE; the output is
   *     not written there either
   */
  public record Gating(Set<Operand> by, double mac, Set<Operand> reads) {

    /**
     * Gated over random MAC of 16 bits: 0.10285 / 2.20035 pJ (Accelergy's 45 nm table of the ISPASS
     * 2020 tutorial). A ratio, so that it holds in other technologies, too.
     */
    public static final double MAC_45NM = 0.10285 / 2.20035;

    /**
     * @throws IllegalArgumentException if the energy is not 0…1 of a MAC, or outputs are to gate it
     */
    public Gating {
      by = ordered(by);
      reads = ordered(reads);
      new Rules()
          .require(mac >= 0 && mac <= 1, "energy of a gated MAC (%s of a MAC) must be 0…1", mac)
          .require(
              !by.contains(Operand.OUTPUT), "zeros of outputs are not known before the MAC: %s", by)
          .check();
    }
  }

  /**
   * Run-length coding: a line holds pairs of a number of zeros, and the word that follows them. A
   * run longer than fits its bits ends with a zero in place of that word. Words that the coding
   * would lengthen are left as they are (our choice, tensor by tensor: JSSC'17 leaves only the
   * first layer's inputs uncoded).
   *
   * @param runBits bits of the number of zeros
   * @param lineBits bits of a line, which holds whole pairs; 0 for no coding
   * @param of operands that are coded
   */
  public record RunLength(int runBits, int lineBits, Set<Operand> of) {
    /**
     * @throws IllegalArgumentException if the bits of a run or a line are out of range
     */
    public RunLength {
      of = ordered(of);
      new Rules()
          .require(runBits >= 0 && runBits <= 16, "run of %d bits must be of 0…16 bits", runBits)
          .require(lineBits >= 0, "line of %d bits must not be negative", lineBits)
          .check();
    }

    /**
     * Bits that are moved over those of the words, at most 1, if zeros are independent: a pair
     * covers Σ z^i = (1 − z^L) / (1 − z) words on average, i = 0…L − 1, L = 2^runBits.
     *
     * @param zeros fraction of the words that are zero, 0…1
     * @param wordBits bits of a word
     */
    public double share(double zeros, int wordBits) {
      int pairs = lineBits / (runBits + wordBits);
      if (pairs == 0) {
        return 1;
      }
      long longest = 1L << runBits;
      double covered = zeros == 1 ? longest : (1 - Math.pow(zeros, longest)) / (1 - zeros);
      return Math.min(1, (double) lineBits / pairs / wordBits / covered);
    }
  }

  private static Set<Operand> ordered(Collection<Operand> operands) {
    EnumSet<Operand> set = EnumSet.noneOf(Operand.class);
    set.addAll(operands);
    return Collections.unmodifiableSet(set);
  }
}
