package dance.simulate.eyeriss;

import dance.workload.Layer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One processing pass of the row-stationary dataflow: the work that the PE array does between two
 * loads of its filters. Passes at the edge of a layer are smaller than the parameters say.
 *
 * @param layer the layer, its batch included
 * @param parameters how the layer is cut
 * @param rows output rows
 * @param filters output channels
 * @param channels input channels
 * @param images images
 */
public record RowStationaryPass(
    Layer layer,
    RowStationaryParameters parameters,
    int rows,
    int filters,
    int channels,
    int images) {

  /**
   * Passes of the same size.
   *
   * @param pass one of them
   * @param count how many there are
   */
  public record Repeated(RowStationaryPass pass, long count) {}

  private record Part(int size, long count) {}

  /** All passes of a layer. */
  public static List<Repeated> of(Layer layer, RowStationaryParameters parameters) {
    Layer.Shape shape = layer.shape();
    List<Part> filters = new ArrayList<>();
    for (Part block : split(shape.k() / shape.groups(), parameters.m())) {
      for (Part round : split(block.size, parameters.filtersPerPass())) {
        filters.add(new Part(round.size, block.count * round.count));
      }
    }
    List<Repeated> passes = new ArrayList<>();
    for (Part rows : split(shape.p(), parameters.e())) {
      for (Part filter : filters) {
        for (Part channel : split(shape.c() / shape.groups(), parameters.channelsPerPass())) {
          for (Part image : split(shape.n(), parameters.n())) {
            RowStationaryPass pass =
                new RowStationaryPass(
                    layer, parameters, rows.size, filter.size, channel.size, image.size);
            long count = rows.count * filter.count * channel.count * image.count;
            passes.add(new Repeated(pass, Math.multiplyExact(count, shape.groups())));
          }
        }
      }
    }
    return passes;
  }

  private static List<Part> split(int total, int size) {
    List<Part> parts = new ArrayList<>();
    if (total >= size) {
      parts.add(new Part(size, total / size));
    }
    if (total % size > 0) {
      parts.add(new Part(total % size, 1));
    }
    return parts;
  }

  /**
   * Cycles of the busiest PE at one MAC per cycle: it slides its interleaved filter rows along the
   * output columns.
   */
  public long computeCycles() {
    long products = (long) Math.min(parameters.p(), filters) * Math.min(parameters.q(), channels);
    return products * layer.shape().s() * layer.shape().q() * images;
  }

  /**
   * Partial sums that pass from the global buffer through the array and back; each is read once and
   * written once.
   */
  public long psumWords() {
    return (long) filters * rows * layer.shape().q() * images;
  }

  /** Weights that are loaded into the PEs before the pass starts. */
  public long filterWords() {
    return (long) filters * channels * layer.shape().r() * layer.shape().s();
  }

  /** Input words that the global buffer sends; one read serves all PEs on a diagonal. */
  public long ifmapWords() {
    return inputRows() * inputColumns(layer) * channels * images;
  }

  /** Input words without which the PEs cannot compute their first output column. */
  public long firstWindowWords() {
    return inputRows() * layer.shape().s() * channels;
  }

  private long inputRows() {
    return inputRows(layer, rows);
  }

  /** Distinct input rows under this many output rows. */
  static long inputRows(Layer layer, int outputRows) {
    Layer.Shape x = layer.shape();
    return distinct(outputRows, x.strideP(), x.r(), x.dilationR());
  }

  /** Distinct input columns under all output columns. */
  static long inputColumns(Layer layer) {
    Layer.Shape x = layer.shape();
    return distinct(x.q(), x.strideQ(), x.s(), x.dilationS());
  }

  private static long distinct(int outputs, int stride, int kernel, int dilation) {
    BitSet touched = new BitSet();
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < kernel; j++) {
        touched.set(i * stride + j * dilation);
      }
    }
    return touched.cardinality();
  }
}
