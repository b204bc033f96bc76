package dance.interchange;

import dance.accelerator.MemoryLevel;
import java.util.List;

/**
 * The ports of a memory of ZigZag. A read or write port serves its direction, a {@code read_write}
 * port both; several of one kind are taken as one of their bits together, which is said. An access
 * of fewer bits than the widest costs its share, in units of {@code bandwidth_min}.
 *
 * @param wordBits width of a word
 * @param readBits of all read ports, per cycle
 * @param writeBits of all write ports, per cycle
 * @param sharedBits of all ports for both, per cycle
 * @param unit smallest access, bits
 * @param widestRead widest access of a port that reads, bits
 * @param widestWrite widest access of a port that writes, bits
 */
record ZigZagPorts(
    int wordBits,
    long readBits,
    long writeBits,
    long sharedBits,
    int unit,
    int widestRead,
    int widestWrite) {
  private static final List<String> KEYS =
      List.of("name", "type", "bandwidth_min", "bandwidth_max", "allocation");

  static ZigZagPorts of(YamlNode memory, int wordBits) {
    long[] bits = new long[3];
    int[] count = new int[3];
    int[] widest = {1, 1};
    int unit = Integer.MAX_VALUE;
    List<String> types = List.of("read", "write", "read_write");
    for (YamlNode port : memory.require("ports").map(YamlNode::items).orElse(List.of())) {
      port.knownKeys(KEYS, List.of());
      int kind = port.require("type").map(t -> types.indexOf(t.text())).orElse(0);
      if (kind < 0) {
        port.problem("type must be one of " + String.join(", ", types));
        continue;
      }
      int most = port.require("bandwidth_max").map(n -> n.positiveInt(wordBits)).orElse(wordBits);
      int least = port.get("bandwidth_min").map(n -> n.positiveInt(most)).orElse(most);
      if (least > most) {
        port.problem("bandwidth_min (%d) is above bandwidth_max (%d)".formatted(least, most));
      }
      bits[kind] += most;
      count[kind]++;
      unit = Math.min(unit, least);
      widest[0] = kind == 1 ? widest[0] : Math.max(widest[0], most);
      widest[1] = kind == 0 ? widest[1] : Math.max(widest[1], most);
    }
    if (count[0] > 1 || count[1] > 1 || count[2] > 1 || count[2] == 1 && count[0] + count[1] > 0) {
      memory.once("ports", "several ports are taken as one for reads and one for writes");
    }
    return new ZigZagPorts(
        wordBits, bits[0], bits[1], bits[2], Math.max(1, unit), widest[0], widest[1]);
  }

  /** Words of the smallest access. */
  private int lineWords() {
    return unit == Integer.MAX_VALUE ? 1 : Math.max(1, unit / wordBits);
  }

  /** The fraction of the cost of the widest read that a line costs. */
  double readShare() {
    return (double) lineWords() * wordBits / widestRead;
  }

  /** The fraction of the cost of the widest write that a line costs. */
  double writeShare() {
    return (double) lineWords() * wordBits / widestWrite;
  }

  /** The level with these ports. */
  MemoryLevel on(MemoryLevel level) {
    MemoryLevel lines = level.lineWords(lineWords());
    if (readBits + writeBits == 0) {
      return lines.sharedBandwidth(words(sharedBits));
    }
    return lines.bandwidth(words(readBits + sharedBits), words(writeBits + sharedBits));
  }

  private double words(long bits) {
    return bits == 0 ? Double.POSITIVE_INFINITY : (double) bits / wordBits;
  }
}
