package dance.search.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Finished trainings, one line each, appended at once, so that they survive if the program is
 * killed. Every line ends with a checksum (CRC-32); the first that is truncated or damaged, and all
 * that follow, are cut off. The first line identifies the trainings; a journal of others is an
 * error. Locked while open.
 */
final class TrainingJournal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final List<TrainedNetworks.Row> rows = new ArrayList<>();

  /**
   * Opens or creates the journal beside a file.
   *
   * @param identity of the trainings
   * @throws IllegalArgumentException if another process has it open, or it is of other trainings
   */
  TrainingJournal(Path target, String identity) {
    Path absolute = target.toAbsolutePath();
    file = absolute.resolveSibling(absolute.getFileName() + ".part");
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be opened: " + e, e));
    }
    try {
      lock();
      replay(identity);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(new IOException(file + ": cannot be read: " + e, e));
    } catch (RuntimeException e) {
      close();
      throw e;
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
          file + " is in use. Maybe the same benchmark is running elsewhere.");
    }
  }

  private void replay(String identity) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    int valid = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', valid)) {
      String line = text.substring(valid, end);
      int comma = line.lastIndexOf(',');
      if (comma < 0 || !checked(line.substring(0, comma)).equals(line + "\n")) {
        break;
      }
      String content = line.substring(0, comma);
      if (valid == 0 && !content.equals(identity)) {
        throw new IllegalArgumentException(
            file + " is of other trainings. Maybe name another file, or remove it.");
      }
      TrainedNetworks.Row row = TrainedNetworks.Row.parse(content);
      if (row != null) {
        rows.add(row);
      }
      valid = end + 1;
    }
    int bytes = text.substring(0, valid).getBytes(StandardCharsets.UTF_8).length;
    channel.truncate(bytes).position(bytes);
    if (valid == 0) {
      write(identity);
    }
  }

  private static String checked(String content) {
    CRC32 crc = new CRC32();
    crc.update(content.getBytes(StandardCharsets.UTF_8));
    return content + "," + Long.toHexString(crc.getValue()) + "\n";
  }

  private void write(String content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(checked(content).getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The trainings that were found, and those added. */
  List<TrainedNetworks.Row> rows() {
    return rows;
  }

  void append(TrainedNetworks.Row row) {
    try {
      write(row.line());
      rows.add(row);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be written: " + e, e));
    }
  }

  /** Deletes the file, which is no longer needed. */
  void delete() {
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
