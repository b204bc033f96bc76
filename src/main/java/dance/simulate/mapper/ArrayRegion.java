package dance.simulate.mapper;

import java.util.List;

/** Unrollings over the same columns and rows, with what bounds all of them. */
final class ArrayRegion extends UnrollingBounds {
  final List<ArrayUnrolling> unrollings;

  private final int tensors;
  private boolean isKnown;
  private double[] pjPerWord;
  private double[][] morePjPerWord;

  ArrayRegion(List<ArrayUnrolling> unrollings) {
    super(unrollings.get(0).home(), fewestCycles(unrollings), spread(unrollings));
    this.unrollings = unrollings;
    tensors = spread().mostShared().length;
  }

  private static double fewestCycles(List<ArrayUnrolling> unrollings) {
    double cycles = Double.POSITIVE_INFINITY;
    for (ArrayUnrolling unrolling : unrollings) {
      cycles = Math.min(cycles, unrolling.fewestCycles());
    }
    return cycles;
  }

  private static JoinShape.Spread spread(List<ArrayUnrolling> unrollings) {
    JoinShape.Spread first = unrollings.get(0).spread();
    double[] shared = first.mostShared().clone();
    double working = first.fewestWorking();
    for (ArrayUnrolling unrolling : unrollings) {
      working = Math.min(working, unrolling.spread().fewestWorking());
      for (int t = 0; t < shared.length; t++) {
        shared[t] = Math.max(shared[t], unrolling.spread().mostShared()[t]);
      }
    }
    return new JoinShape.Spread(shared, working, first.instances());
  }

  @Override
  double[] pjPerWord() {
    know();
    return pjPerWord;
  }

  @Override
  double[][] morePjPerWord() {
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
