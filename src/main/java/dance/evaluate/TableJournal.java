package dance.evaluate;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Finished parts of a table, appended at once, so that they survive if the program is killed. A
 * part is its layer, first design and count, then latencies and energies as floats, then a checksum
 * (CRC-32); the first that is truncated or damaged, and all that follows, is cut off. The file
 * begins with the hash of the table's identity; a journal of another table is cleared. Locked while
 * open.
 */
final class TableJournal implements Closeable {
  private static final byte[] MAGIC = TableIdentity.bytes("dance parts v1\n");

  /** Receives the parts found. */
  interface Reader {
    /** Numbers are by position in the part. */
    void part(int layer, int first, float[] latencyMs, float[] energyMj);
  }

  private final Path file;
  private final FileChannel channel;

  private TableJournal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The journal of the build of this file. */
  static Path beside(Path target) {
    Path absolute = target.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + ".part");
  }

  /**
   * Opens or creates a journal and passes its parts to a reader.
   *
   * @throws IllegalArgumentException if another process has it open
   */
  static TableJournal open(Path file, TableIdentity identity, Reader reader) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      TableJournal journal = new TableJournal(file, channel);
      try {
        journal.lock();
        journal.replay(identity, reader);
        return journal;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be opened: " + e, e));
    }
  }

  private void lock() throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null; // released when the channel or the program ends
    } catch (OverlappingFileLockException here) {
      free = false;
    }
    if (!free) {
      throw new IllegalArgumentException(
          file + " is in use. Maybe the same table is being built elsewhere.");
    }
  }

  private void replay(TableIdentity identity, Reader reader) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      continue;
    }
    bytes.flip();
    ByteBuffer begin = ByteBuffer.allocate(MAGIC.length + 32).put(MAGIC).put(identity.hash());
    begin.flip();
    int valid = begin.limit();
    if (bytes.limit() < valid || !bytes.slice(0, valid).equals(begin)) {
      channel.truncate(0);
      write(begin);
      return;
    }
    bytes.position(valid);
    int designs = identity.count(TableIdentity.DESIGN_COUNT);
    while (part(bytes, identity.count(TableIdentity.LAYER_COUNT), designs, reader)) {
      valid = bytes.position();
    }
    channel.truncate(valid);
    channel.position(valid);
  }

  /** Reads one part; returns whether it was complete. */
  private static boolean part(ByteBuffer bytes, int layers, int designs, Reader reader) {
    if (bytes.remaining() < 16) {
      return false;
    }
    int start = bytes.position();
    int layer = bytes.getInt();
    int first = bytes.getInt();
    int count = bytes.getInt();
    boolean inside =
        layer >= 0 && layer < layers && first >= 0 && count > 0 && count <= designs - first;
    if (!inside || bytes.remaining() < 8 * count + 4) {
      return false;
    }
    int end = bytes.position() + 8 * count;
    if (checksum(bytes.slice(start, end - start)) != bytes.getInt(end)) {
      return false;
    }
    float[] latency = new float[count];
    float[] energy = new float[count];
    bytes.asFloatBuffer().get(latency).get(energy);
    bytes.position(end + 4);
    reader.part(layer, first, latency, energy);
    return true;
  }

  /** Appends a part; thread-safe. */
  synchronized void append(int layer, int first, float[] latencyMs, float[] energyMj) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + 8 * latencyMs.length + 4);
    bytes.putInt(layer).putInt(first).putInt(latencyMs.length);
    bytes.asFloatBuffer().put(latencyMs).put(energyMj);
    int end = bytes.limit() - 4;
    bytes.putInt(end, checksum(bytes.slice(0, end)));
    try {
      write(bytes.rewind());
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be written: " + e, e));
    }
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Deletes the file, which is no longer needed. */
  void delete() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
