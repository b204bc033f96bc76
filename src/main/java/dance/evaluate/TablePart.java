package dance.evaluate;

import java.nio.ByteBuffer;

/**
 * A finished part of a table: costs of one layer on consecutive designs.
 *
 * @param layer its position among the layers of the space
 * @param first position of the first design, in the order of evaluation
 * @param latencyMs {@code [designs of the part]}
 * @param energyMj {@code [designs of the part]}
 */
record TablePart(int layer, int first, float[] latencyMs, float[] energyMj) {
  private static final int HEAD = 2 * Integer.BYTES;

  int designs() {
    return latencyMs.length;
  }

  /** Layer, first design, latencies and energies: an entry of a journal. */
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + 2 * Float.BYTES * designs());
    bytes.putInt(layer).putInt(first);
    bytes.asFloatBuffer().put(latencyMs).put(energyMj);
    return bytes.rewind();
  }

  static TablePart of(ByteBuffer bytes) {
    int designs = (bytes.remaining() - HEAD) / (2 * Float.BYTES);
    int layer = bytes.getInt();
    int first = bytes.getInt();
    float[] latencyMs = new float[designs];
    float[] energyMj = new float[designs];
    bytes.asFloatBuffer().get(latencyMs).get(energyMj);
    return new TablePart(layer, first, latencyMs, energyMj);
  }
}
