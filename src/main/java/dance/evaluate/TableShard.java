package dance.evaluate;

import dance.check.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of a share of a table: a {@link HeadedFile} with the lines of the {@link TableIdentity},
 * which shard it is, and how many bytes its parts have; then these parts, deflated.
 *
 * @param identity of the whole table
 * @param shard which share of it
 * @param parts all of this share, each with its length before it when written
 */
record TableShard(TableIdentity identity, Shard shard, List<TablePart> parts) {
  private static final String KIND = "cost table shard";
  private static final String SHARD = "shard";
  private static final String LENGTH = "bytes of its parts";
  private static final int MOST_BYTES = 1 << 30;

  /** Writes the file atomically. */
  void write(Path file) {
    AtomicFile.write(file, bytes());
  }

  byte[] bytes() {
    int length = parts.stream().mapToInt(p -> Integer.BYTES + p.bytes().remaining()).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    for (TablePart part : parts) {
      ByteBuffer bytes = part.bytes();
      all.putInt(bytes.remaining()).put(bytes);
    }
    Map<String, String> lines = new LinkedHashMap<>(identity.lines());
    lines.put(SHARD, shard.toString());
    lines.put(LENGTH, Integer.toString(length));
    return new HeadedFile(KIND, lines, Deflated.of(all.array())).bytes();
  }

  /** Whether a file is there, undamaged, with this shard of the table of this identity. */
  static boolean isIn(Path file, TableIdentity identity, Shard shard) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      TableShard found = read(file.toString(), TableFile.bytes(file));
      return found.shard.equals(shard) && found.identity.differences(identity).isEmpty();
    } catch (IllegalArgumentException damaged) {
      return false;
    }
  }

  /** Whether a file begins as shards do. */
  static boolean is(byte[] bytes) {
    byte[] begin = TableIdentity.bytes("dance " + KIND);
    return Arrays.mismatch(begin, 0, begin.length, bytes, 0, Math.min(begin.length, bytes.length))
        < 0;
  }

  /** The text of each line of a shard's header by its name. */
  static Map<String, String> header(String name, byte[] bytes) {
    return HeadedFile.header(KIND, name, bytes);
  }

  /**
   * Reads a file.
   *
   * @param name its name in messages
   * @throws IllegalArgumentException if it is not a shard of a table, or damaged
   */
  static TableShard read(String name, byte[] bytes) {
    HeadedFile file = HeadedFile.read(KIND, name, bytes);
    Map<String, String> lines = new LinkedHashMap<>(file.lines());
    Shard shard = Shard.parse(lines.remove(SHARD));
    int length = Integer.parseInt(lines.remove(LENGTH));
    if (length < 0 || length > MOST_BYTES) {
      throw new IllegalArgumentException(name + " says that it holds " + length + " bytes");
    }
    ByteBuffer all = ByteBuffer.wrap(Deflated.inflate(name, file.data(), length));
    List<TablePart> parts = new ArrayList<>();
    while (all.hasRemaining()) {
      int size = all.remaining() < Integer.BYTES ? -1 : all.getInt();
      if (size < Long.BYTES || size > all.remaining()) {
        throw new IllegalArgumentException(name + " is damaged: a part of it is cut off");
      }
      parts.add(TablePart.of(all.slice(all.position(), size)));
      all.position(all.position() + size);
    }
    return new TableShard(new TableIdentity(lines), shard, List.copyOf(parts));
  }
}
