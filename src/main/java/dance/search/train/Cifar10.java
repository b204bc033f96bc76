package dance.search.train;

import dance.check.Rules;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads CIFAR-10 (Krizhevsky, 2009) from its binary files: 50,000 color images of 32×32 pixels for
 * training and 10,000 for testing, ten classes. Each of the six files has 10,000 records of one
 * byte for the label and 3,072 for red, green and blue, row by row.
 */
public final class Cifar10 {
  private static final String NAME = "CIFAR-10";
  private static final int CLASSES = 10;
  private static final int SIZE = 32;
  private static final int BYTES = 3 * SIZE * SIZE;
  private static final int RECORDS = 10_000;
  private static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final List<String> TEST = List.of("test_batch.bin");

  private Cifar10() {}

  /** The data set from two files, one with all training images, one with the test images. */
  static ImageData downloaded(Path train, Path test, int trainRecords, int testRecords) {
    return new ImageData(NAME, one(train, trainRecords), one(test, testRecords));
  }

  private static Images one(Path file, int records) {
    return images(file.getParent(), List.of(file.getFileName().toString()), records);
  }

  /**
   * Reads the six files of the data set.
   *
   * @throws IllegalArgumentException if one is missing or damaged; the message gives file and
   *     offset
   */
  public static ImageData read(Path folder) {
    Rules rules = new Rules();
    for (List<String> files : List.of(TRAIN, TEST)) {
      for (String file : files) {
        rules.require(
            Files.isRegularFile(folder.resolve(file)),
            "%s: no such file. Maybe download CIFAR-10's binary version from"
                + " www.cs.toronto.edu/~kriz/cifar.html and unpack it there.",
            folder.resolve(file));
      }
    }
    rules.check();
    return new ImageData("CIFAR-10", images(folder, TRAIN, RECORDS), images(folder, TEST, RECORDS));
  }

  /**
   * Reads some files.
   *
   * @param records number of records per file
   */
  static Images images(Path folder, List<String> files, int records) {
    byte[] pixels = new byte[files.size() * records * BYTES];
    byte[] labels = new byte[files.size() * records];
    int image = 0;
    for (String name : files) {
      Path file = folder.resolve(name);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
        for (int i = 0; i < records; i++, image++) {
          long offset = (long) i * (1 + BYTES);
          int label = in.read();
          int read = label < 0 ? 0 : in.readNBytes(pixels, image * BYTES, BYTES);
          require(
              read == BYTES,
              file,
              "is truncated: it ends at offset %d, but must have %d",
              offset + (label < 0 ? 0 : 1 + read),
              (long) records * (1 + BYTES));
          require(
              label < CLASSES, file, "has the label %d at offset %d, not 0 to 9", label, offset);
          labels[image] = (byte) label;
        }
        require(
            in.read() < 0,
            file,
            "continues at offset %d, where it must " + "end",
            records * (1L + BYTES));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Images(pixels, labels, CLASSES, 3, SIZE, SIZE);
  }

  private static void require(boolean holds, Path file, String message, Object... arguments) {
    new Rules()
        .require(holds, file.toString().replace("%", "%%") + " " + message, arguments)
        .check();
  }
}
