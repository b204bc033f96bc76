package dance.search;

import dance.check.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Checkpoint from which an interrupted search resumes: a file {@code search.checkpoint} in a
 * folder. It holds the line {@code dance search checkpoint, version 1}, a description of the
 * search, the state, and a checksum (CRC-32) of all before. It is replaced atomically.
 */
final class Checkpoint {
  /** Default name of the file. */
  static final String SEARCH = "search.checkpoint";

  private static final byte[] FIRST =
      "dance search checkpoint, version 1\n".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final String search;

  /**
   * In a folder, which is created if missing.
   *
   * @param search description of problem, method and seed
   */
  Checkpoint(Path folder, String search) {
    this(folder, SEARCH, search);
  }

  /** With another name of the file. */
  Checkpoint(Path folder, String name, String search) {
    this.search = search;
    file = folder.resolve(name);
    AtomicFile.makeFolder(folder);
  }

  /** Writes a state. */
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads a state. */
  interface Reader {
    void read(DataInputStream in) throws IOException;
  }

  Path file() {
    return file;
  }

  /** Saves a state. */
  void save(Writer state) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.write(FIRST);
      byte[] words = search.getBytes(StandardCharsets.UTF_8);
      out.writeInt(words.length);
      out.write(words);
      state.write(out);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
      AtomicFile.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be written: " + e, e));
    }
  }

  /**
   * Passes the saved state to a reader; returns whether there was one.
   *
   * @throws IllegalArgumentException if the file is damaged, or of another search
   */
  boolean load(Reader state) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      int end = bytes.length - Integer.BYTES;
      boolean begins =
          end > FIRST.length && Arrays.equals(bytes, 0, FIRST.length, FIRST, 0, FIRST.length);
      if (!begins) {
        throw new IllegalArgumentException(
            file + " is not a checkpoint of a search, or of another version");
      }
      if (checksum(bytes, end) != ByteBuffer.wrap(bytes, end, Integer.BYTES).getInt()) {
        throw new IllegalArgumentException(file + " is damaged: its checksum does not match");
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
      in.skipBytes(FIRST.length);
      String of = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      if (!of.equals(search)) {
        throw new IllegalArgumentException(
            file
                + " is of another search."
                + System.lineSeparator()
                + "there: "
                + of
                + System.lineSeparator()
                + "here:  "
                + search
                + System.lineSeparator()
                + "Maybe give another folder.");
      }
      state.read(in);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(file + ": cannot be read: " + e, e));
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
