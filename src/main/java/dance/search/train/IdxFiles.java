package dance.search.train;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of MNIST and its relatives, plain or compressed by gzip: a magic number (0x803: bytes
 * in three dimensions, 0x801: bytes in one), the sizes, the bytes; numbers of 32 bits, big-endian
 * (LeCun, Cortes and Burges, "The MNIST database", file formats).
 */
public final class IdxFiles {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int MOST_PIXELS = 1024;
  private static final long MOST_BYTES = 1L << 30;

  /** A file or a resource. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private IdxFiles() {}

  /**
   * Reads grey images and their labels.
   *
   * @throws IllegalArgumentException if a file is invalid; the message gives file and offset
   */
  public static Images read(Path images, Path labels, int classes) {
    return read(
        images.toString(),
        () -> Files.newInputStream(images),
        labels.toString(),
        () -> Files.newInputStream(labels),
        classes);
  }

  static Images read(
      String imagesName, Source imagesSource, String labelsName, Source labelsSource, int classes) {
    ByteBuffer images = bytes(imagesName, imagesSource, IMAGES, "images");
    ByteBuffer labels = bytes(labelsName, labelsSource, LABELS, "labels");
    int count = images.getInt(4);
    int offset = labels.position();
    new Rules()
        .require(
            count == labels.remaining(),
            "%s has %d images (offset 4), but %s has %d labels",
            imagesName,
            count,
            labelsName,
            labels.remaining())
        .check();
    byte[] ofLabels = new byte[count];
    labels.get(ofLabels);
    for (int i = 0; i < count; i++) {
      new Rules()
          .require(
              (ofLabels[i] & 0xff) < classes,
              "%s: label %d at offset %d must be from 0 to %d",
              labelsName,
              ofLabels[i] & 0xff,
              offset + i,
              classes - 1)
          .check();
    }
    byte[] pixels = new byte[images.remaining()];
    images.get(pixels);
    return new Images(pixels, ofLabels, classes, 1, images.getInt(8), images.getInt(12));
  }

  /** The whole file, positioned after its sizes. */
  private static ByteBuffer bytes(String name, Source source, int magic, String what) {
    int dimensions = magic & 0xff;
    int header = 4 + 4 * dimensions;
    try (InputStream in = unpacked(source.open())) {
      byte[] begin = in.readNBytes(header);
      ByteBuffer sizes = ByteBuffer.wrap(begin);
      require(
          begin.length < 4 || sizes.getInt(0) == magic,
          name,
          "is not an IDX file of %s: it begins with 0x%x, not 0x%x",
          what,
          begin.length < 4 ? 0 : sizes.getInt(0),
          magic);
      require(begin.length == header, name, "is truncated: it ends at offset %d", begin.length);
      long length = 1;
      for (int d = 0; d < dimensions; d++) {
        int size = sizes.getInt(4 + 4 * d);
        boolean fits = size >= 1 && (d == 0 || size <= MOST_PIXELS);
        require(fits, name, "has a size of %d at offset %d", size, 4 + 4 * d);
        length *= size;
      }
      require(length <= MOST_BYTES, name, "declares %d bytes at offset 4", length);
      byte[] rest = in.readNBytes((int) length);
      require(
          rest.length == length,
          name,
          "is truncated: it ends at offset %d, but its header says %d",
          header + rest.length,
          header + length);
      require(
          in.read() < 0,
          name,
          "continues at offset %d, where its header says it ends",
          header + length);
      return ByteBuffer.allocate(header + rest.length).put(begin).put(rest).position(header);
    } catch (EOFException e) {
      throw new IllegalArgumentException(name + " is truncated: " + e.getMessage(), e);
    } catch (java.util.zip.ZipException e) {
      throw new IllegalArgumentException(name + " is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(boolean holds, String name, String message, Object... arguments) {
    new Rules().require(holds, name.replace("%", "%%") + " " + message, arguments).check();
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file);
    in.mark(2);
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return packed ? new GZIPInputStream(in, 1 << 16) : in;
  }

  /** Writes grey images and their labels as compressed files. */
  static void write(Images images, Path imagesFile, Path labelsFile) {
    new Rules()
        .require(images.channels() == 1, "IDX files are of grey images, not of %s", images)
        .check();
    write(imagesFile, images.pixels(), IMAGES, images.size(), images.rows(), images.columns());
    write(labelsFile, images.labels(), LABELS, images.size());
  }

  private static void write(Path file, byte[] bytes, int... header) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new BestPacking(packed))) {
      for (int number : header) {
        out.writeInt(number);
      }
      out.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    AtomicFile.write(file, packed.toByteArray());
  }

  /** Compresses with the highest level. */
  private static final class BestPacking extends GZIPOutputStream {
    BestPacking(OutputStream out) throws IOException {
      super(out);
      def.setLevel(java.util.zip.Deflater.BEST_COMPRESSION);
    }
  }
}
