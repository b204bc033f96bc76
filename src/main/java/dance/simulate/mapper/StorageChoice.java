package dance.simulate.mapper;

import dance.simulate.count.TensorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tensors kept by register files and buffer, with the tiles of both that fit; for one buffer, or
 * several that differ in size and in the energy of an access.
 *
 * @param costs which tensors they keep, and what their accesses cost: [buffer]
 * @param outside tiles of the buffer
 * @param inside tiles of a register file
 * @param fitting room for the {@linkplain FittingTiles#of bits} of those that fit an unrolling
 */
record StorageChoice(
    List<KeptCosts> costs, BufferTiles outside, FittingTiles inside, long[] fitting) {

  /** All choices, most tensors first: usually it is best to keep everything. */
  static List<StorageChoice> of(MappingCosts problem, int[] stationaryTensors) {
    return of(List.of(problem), stationaryTensors);
  }

  /**
   * All choices, most tensors first.
   *
   * @param sizes with each buffer, by ascending capacity
   */
  static List<StorageChoice> of(List<MappingCosts> sizes, int[] stationaryTensors) {
    MappingCosts problem = sizes.get(0);
    List<StorageChoice> choices = new ArrayList<>();
    Map<TensorSet, BufferTiles> outside = new HashMap<>();
    for (TensorSet registers : problem.space.levels[2].keepChoices()) {
      FittingTiles inside =
          new FittingTiles(
              RegisterTiles.of(problem, registers),
              problem.space.spatialRemainders,
              problem.freeLoops.outermost);
      for (TensorSet buffer : problem.space.levels[1].keepChoices()) {
        BufferTiles tiles =
            outside.computeIfAbsent(buffer, b -> new BufferTiles(sizes, b, stationaryTensors));
        List<KeptCosts> costs =
            sizes.stream().map(size -> new KeptCosts(size, registers, buffer)).toList();
        choices.add(new StorageChoice(costs, tiles, inside, inside.bits()));
      }
    }
    choices.sort(Comparator.comparingInt(choice -> -choice.tensors()));
    return choices;
  }

  /** The tensor that a loop over each dimension leaves stationary: [dimension]. */
  static int[] stationaryTensors(MappingCosts problem) {
    int[] stationaryTensors = new int[problem.dims];
    Arrays.fill(stationaryTensors, BufferTiles.NONE);
    for (int d = 0; d < problem.dims; d++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (!problem.isRelevant(t, d) && problem.bounds[d] > 1) {
          stationaryTensors[d] = t;
        }
      }
    }
    return stationaryTensors;
  }

  /** Dimensions whose loops leave a tensor, or none, stationary: [tensor + 1]. */
  static DimensionSet[] leaving(MappingCosts problem, int[] stationaryTensors) {
    DimensionSet[] leaving = new DimensionSet[problem.tensors + 1];
    Arrays.fill(leaving, DimensionSet.NONE);
    for (int d = 0; d < problem.dims; d++) {
      int at = stationaryTensors[d] + 1;
      leaving[at] = leaving[at].with(d);
    }
    return leaving;
  }

  private int tensors() {
    return registers().size() + buffer().size();
  }

  /** Tensors that the register files keep. */
  TensorSet registers() {
    return costs.get(0).registers;
  }

  /** Tensors that the buffer keeps. */
  TensorSet buffer() {
    return costs.get(0).buffer;
  }

  List<RegisterTiles.Tile> tiles() {
    return inside.tiles();
  }

  /** The tensors that each level keeps: [level]. */
  TensorSet[] kept(MappingCosts problem) {
    return new TensorSet[] {problem.space.levels[0].mayKeep, buffer(), registers()};
  }
}
