package dance.simulate.mapper;

import java.util.List;

/** Unrollings over the same columns and rows, with what bounds all of them. */
final class ArrayRegion implements UnrollingBounds {
  final List<ArrayUnrolling> unrollings;

  private final int home;
  private final double fewestCycles;
  private final JoinShape.Spread spread;
  private final int tensors;
  private boolean isKnown;
  private double[] pjPerWord;
  private double[][] morePjPerWord;

  ArrayRegion(List<ArrayUnrolling> unrollings) {
    this.unrollings = unrollings;
    ArrayUnrolling first = unrollings.get(0);
    home = first.home();
    tensors = first.spread().mostShared().length;
    double[] shared = new double[tensors];
    double working = Double.POSITIVE_INFINITY;
    double cycles = Double.POSITIVE_INFINITY;
    for (ArrayUnrolling unrolling : unrollings) {
      working = Math.min(working, unrolling.spread().fewestWorking());
      cycles = Math.min(cycles, unrolling.fewestCycles());
      for (int t = 0; t < tensors; t++) {
        shared[t] = Math.max(shared[t], unrolling.spread().mostShared()[t]);
      }
    }
    fewestCycles = cycles;
    spread = new JoinShape.Spread(shared, working, first.spread().instances());
  }

  @Override
  public int home() {
    return home;
  }

  @Override
  public double fewestCycles() {
    return fewestCycles;
  }

  @Override
  public JoinShape.Spread spread() {
    return spread;
  }

  @Override
  public double[] pjPerWord() {
    know();
    return pjPerWord;
  }

  @Override
  public double[][] morePjPerWord() {
    know();
    return morePjPerWord;
  }

  private void know() {
    if (isKnown) {
      return;
    }
    isKnown = true;
    for (ArrayUnrolling unrolling : unrollings) {
      double[] pj = unrolling.pjPerWord();
      double[][] more = unrolling.morePjPerWord();
      if (pj == null || more == null) {
        pjPerWord = null;
        morePjPerWord = null;
        return;
      }
      if (pjPerWord == null) {
        pjPerWord = pj.clone();
        morePjPerWord = new double[tensors][];
        for (int t = 0; t < tensors; t++) {
          morePjPerWord[t] = more[t].clone();
        }
      }
      for (int t = 0; t < tensors; t++) {
        pjPerWord[t] = Math.min(pjPerWord[t], pj[t]);
        for (int y = 0; y < more[t].length; y++) {
          morePjPerWord[t][y] = Math.min(morePjPerWord[t][y], more[t][y]);
        }
      }
    }
  }
}
