package dance.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Finished parts of long work, appended at once, so that they survive if the program is killed.
 *
 * <p>The file begins with the line {@code dance journal, version 1}; then come entries, each its
 * length (4 bytes), its bytes and a checksum (CRC-32) of both. The first entry is the identity of
 * the work, in UTF-8. The first entry that is truncated or damaged, and all that follow, are cut
 * off. Locked while open.
 */
public final class Journal implements AutoCloseable {
  private static final byte[] MAGIC =
      "dance journal, version 1\n".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The journal of the work whose result is this file: of the same name with {@code .part}. */
  public static Path beside(Path target) {
    Path absolute = target.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + ".part");
  }

  /**
   * Opens or creates the journal beside a file and passes its entries to a consumer.
   *
   * @param target the result of the work
   * @param work kind of result, such as {@code table}, for messages
   * @param identity everything that the entries depend on
   * @param entries receives the bytes of each, in the order in which they were appended
   * @throws IllegalArgumentException if another process has it open, or it is of other work or of
   *     another version
   */
  public static Journal open(
      Path target, String work, String identity, Consumer<ByteBuffer> entries) {
    Path file = beside(target);
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be opened: " + e, e));
    }
    Journal journal = new Journal(file, channel);
    try {
      journal.lock(work);
      journal.replay(work, ByteBuffer.wrap(identity.getBytes(StandardCharsets.UTF_8)), entries);
      return journal;
    } catch (IOException e) {
      journal.close();
      throw new UncheckedIOException(new IOException(file + ": cannot be read: " + e, e));
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private void lock(String work) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null; // released when the channel or the program ends
    } catch (OverlappingFileLockException here) {
      free = false;
    }
    new Rules()
        .require(free, "%s is in use. Maybe the same %s is being made elsewhere.", file, work)
        .check();
  }

  private void replay(String work, ByteBuffer identity, Consumer<ByteBuffer> entries)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      continue;
    }
    bytes.flip();
    int begun = Math.min(MAGIC.length, bytes.limit());
    new Rules()
        .require(
            bytes.slice(0, begun).equals(ByteBuffer.wrap(MAGIC, 0, begun)),
            "%s is not a journal of this version. Maybe remove it: its entries are computed again.",
            file)
        .check();
    bytes.position(begun);
    ByteBuffer first = entry(bytes);
    if (first == null) {
      channel.truncate(0);
      write(ByteBuffer.wrap(MAGIC));
      append(identity);
      return;
    }
    new Rules()
        .require(
            first.equals(identity),
            "%s is of another %s. Maybe name another file, or remove it.",
            file,
            work)
        .check();
    int valid = bytes.position();
    for (ByteBuffer entry = entry(bytes); entry != null; entry = entry(bytes)) {
      entries.accept(entry);
      valid = bytes.position();
    }
    channel.truncate(valid);
    channel.position(valid);
  }

  /** The entry at this position; null if it is truncated or damaged. */
  private static ByteBuffer entry(ByteBuffer bytes) {
    int start = bytes.position();
    if (bytes.remaining() < 2 * Integer.BYTES) {
      return null;
    }
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining() - Integer.BYTES) {
      return null;
    }
    ByteBuffer entry = bytes.slice(bytes.position(), length);
    int end = bytes.position() + length;
    if (checksum(bytes.slice(start, end - start)) != bytes.getInt(end)) {
      return null;
    }
    bytes.position(end + Integer.BYTES);
    return entry;
  }

  /** Appends an entry; thread-safe. */
  public synchronized void append(ByteBuffer entry) {
    int end = Integer.BYTES + entry.remaining();
    ByteBuffer bytes = ByteBuffer.allocate(end + Integer.BYTES);
    bytes.putInt(entry.remaining()).put(entry.duplicate());
    bytes.putInt(checksum(bytes.slice(0, end)));
    try {
      write(bytes.flip());
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

  /** Deletes the file, once the work is complete. */
  public void delete() {
    close();
    try {
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
