package dance.search;

import java.nio.file.Path;

/**
 * Baseline: the accelerator is decided on first; then a gradient search finds the network for it.
 *
 * @param chip the accelerator
 * @param ownAccelerator whether the network found then gets its own best accelerator; otherwise it
 *     stays on the chip
 * @param options of the search
 */
public record ChipFirst(FixedChip chip, boolean ownAccelerator, CoExplorerOptions options)
    implements SearchMethod {

  @Override
  public String name() {
    return chip.label() + (ownAccelerator ? ", then its own" : "");
  }

  @Override
  public SearchMethod checkpoints(Path folder) {
    return new ChipFirst(chip, ownAccelerator, options.checkpoints(folder));
  }

  @Override
  public SearchResult search(
      SearchProblem problem, long seed, Budget budget, SearchListener watch) {
    CoExplorerOptions plain = options.limits(CoExplorerOptions.Limits.IGNORED);
    CostTerm term = new DesignTerm(problem, chip.designIndex(problem), ownAccelerator);
    return new GradientSearch(name(), problem, plain, term, seed, budget, watch).run(0);
  }
}
