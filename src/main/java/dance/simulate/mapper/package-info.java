/**
 * The best mapping of an einsum on an accelerator, with proof: the map space, lower bounds, and
 * branch and bound.
 *
 * <pre>{@code
 * var best = map(Layer.conv("conv", 64, 64).kernel(3).output(16), "template:8x8:rf32:ws")
 * best.optimal() // → true
 * best.mapping()
 * }</pre>
 *
 * <p><em>What is enumerated.</em> Tensors kept at each level; unrollings over each array ({@link
 * Spatial}); tiles of each level; orders of the loops around them. The innermost level is decided
 * first.
 *
 * <p><em>What is bounded, and by which argument.</em> Each cost function, energy or the load of a
 * port, by itself. Every word crosses every boundary of a level that keeps its tensor at least
 * once. It crosses it again for every outer iteration that moves its tile; only an unbroken run of
 * innermost loops leaves a tile stationary, and of tensors that no loop leaves stationary together
 * only one profits. Instances share at most as far as an unrolling of the map space lets them, and
 * along an axis in which several dimensions move a tensor only if two of these are unrolled; what
 * they share, send over the interconnect, and leak is bounded for each unrolling together, similar
 * ones at once where there are many ({@link SharingChoices}). Tiles that slide fetch at least what
 * they do not overlap ({@link SlidingWords}). Cycles are at least the rounds over the array, the
 * load of the slowest port, and with both the wait for operands that do not arrive while MACs work.
 * Energy and latency are bounded apart: a bound of their product is the product of bounds, and a
 * part of the search inherits those of the whole.
 *
 * <p><em>Why nothing is lost.</em> A part is left out only if its bound is not below the best that
 * was found (up to one part in 10⁹), or if another part is nowhere worse whatever the outer levels
 * are (dominance), or if an argument says that some mapping elsewhere is as good: loops that share
 * no word belong outside ({@link FreeLoops#outermost}), orders that differ only among loops with
 * the same stationary tensors cost the same; of a mapping and its mirror image, in which height and
 * width change places, one is enough ({@link MirroredDimensions}). Complete mappings are evaluated
 * exactly, by {@link dance.simulate.count.Pricing}, in every order of their loops that could be
 * better ({@link OrderSearch}). What a limit of effort leaves out is bounded, and that bound is the
 * result's.
 *
 * <p><em>Two doors, three searches.</em> {@link Mapper} answers for one accelerator, within an
 * {@link Effort}. {@link ThreeLevelMapper} serves off-chip memory, buffer and an array of register
 * files: its two boundaries interact in few numbers, so that partial mappings of both are joined
 * ({@link JoinShape}, what they move; {@link JoinBound}, what that costs). An inner mapping is kept
 * only if it could win with some tile of the buffer around it ({@link StationaryRuns}). It goes in
 * passes, the lowest bounds first, so that a bad mapping found early opens little. {@link
 * MapSearch} serves any other hierarchy: best first, since {@link CostToGo} bounds the levels
 * outside of the array closely by dynamic programming. Of nested arrays, the outermost is given one
 * unrolling in each search ({@link OuterArray}), through which those bounds reach; where that takes
 * too many searches, level by level with a beam. {@link DesignMapper} answers for all arrays,
 * buffers and off-chip bandwidths of a design space at once ({@link Family}, {@link FrontSearch}),
 * with the same steps and bounds as the three-level search: but where that compares a bound with
 * one incumbent and counts its effort, this one bounds for each buffer ({@link SizedBuffer}) and
 * asks whether that could be the best on any array with any bandwidth ({@link LinkBests}), and runs
 * until all is proven. What is on the way to more rows counts there ({@link MoreRows}); where
 * off-chip bandwidth limits, so that many bounds have the same cycles, they are compared exactly
 * ({@link Allowances}). Unrollings over the same columns and rows are bounded together first
 * ({@link ArrayRegion}); families whose interconnects cost the same share them ({@link
 * GridUnrollings}).
 *
 * <p>Begin with {@link Mapper}. Must not know dataflows, which are map spaces defined in
 * dance.simulate, and networks of more than one layer.
 */
package dance.simulate.mapper;
