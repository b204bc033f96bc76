package dance.search.train;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv:1708.07747; MIT licence): 60,000 images of
 * clothes for training and 10,000 for testing, 28×28 grey pixels, ten classes. A subset is bundled.
 */
public final class FashionMnist {
  private static final String NAME = "Fashion-MNIST";
  private static final int CLASSES = 10;
  private static final String BUNDLED = "/dance/data/fashion-mnist/";
  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  /** File name extension of compressed files. */
  private static final String PACKED = ".gz";

  private FashionMnist() {}

  /**
   * Reads the four files of the data set, plain or compressed.
   *
   * @throws IllegalArgumentException if one is missing or damaged
   */
  public static ImageData read(Path folder) {
    Rules rules = new Rules();
    for (String file : FILES) {
      rules.require(
          Files.isRegularFile(file(folder, file)),
          "%s: no such file, and none with %s. Maybe install Debian's dataset-fashion-mnist, or"
              + " download it from github.com/zalandoresearch/fashion-mnist.",
          folder.resolve(file),
          PACKED);
    }
    rules.check();
    return of(FILES.stream().map(name -> file(folder, name)).toList());
  }

  /** From the files of training images and labels, then those of the test set. */
  static ImageData of(List<Path> files) {
    return new ImageData(
        NAME,
        IdxFiles.read(files.get(0), files.get(1), CLASSES),
        IdxFiles.read(files.get(2), files.get(3), CLASSES));
  }

  private static Path file(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Files.isRegularFile(plain) ? plain : folder.resolve(name + PACKED);
  }

  /** The bundled subset: 9,000 training and 3,000 test images, balanced over the classes. */
  public static ImageData bundled() {
    return new ImageData(NAME + " part", bundled(0), bundled(2));
  }

  private static Images bundled(int first) {
    String images = FILES.get(first) + PACKED;
    String labels = FILES.get(first + 1) + PACKED;
    return IdxFiles.read(images, () -> open(images), labels, () -> open(labels), CLASSES);
  }

  private static InputStream open(String file) {
    InputStream stream = FashionMnist.class.getResourceAsStream(BUNDLED + file);
    if (stream == null) {
      throw new IllegalArgumentException(
          file + " is not on the class path, although dance.jar has it");
    }
    return stream;
  }

  /** Writes the four files, compressed, into a folder, which is created if missing. */
  public static void write(ImageData data, Path folder) {
    AtomicFile.makeFolder(folder);
    IdxFiles.write(
        data.train(), folder.resolve(FILES.get(0) + PACKED), folder.resolve(FILES.get(1) + PACKED));
    IdxFiles.write(
        data.test(), folder.resolve(FILES.get(2) + PACKED), folder.resolve(FILES.get(3) + PACKED));
  }
}
