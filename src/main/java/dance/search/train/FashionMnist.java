package dance.search.train;

import dance.check.AtomicFile;
import dance.check.Rules;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv:1708.07747; MIT licence): 60,000 images of
 * clothes for training and 10,000 for testing, 28×28 grey pixels, ten classes. A part of it comes
 * with the program.
 */
public final class FashionMnist {
  private static final String NAME = "Fashion-MNIST";
  private static final int CLASSES = 10;
  private static final String SHIPPED = "/dance/data/fashion-mnist/";
  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  /** What the file names end with if they are packed. */
  private static final String PACKED = ".gz";

  private FashionMnist() {}

  /**
   * Reads the four files of the data set, plain or packed.
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

  /** From the files of images and labels to learn from, then of the others. */
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

  /** The part that comes with the program: 5,000 and 2,000 images, all classes alike. */
  public static ImageData shipped() {
    return new ImageData(NAME + " part", shipped(0), shipped(2));
  }

  private static Images shipped(int first) {
    String images = FILES.get(first) + PACKED;
    String labels = FILES.get(first + 1) + PACKED;
    return IdxFiles.read(images, () -> open(images), labels, () -> open(labels), CLASSES);
  }

  private static InputStream open(String file) {
    InputStream stream = FashionMnist.class.getResourceAsStream(SHIPPED + file);
    if (stream == null) {
      throw new IllegalArgumentException(
          file + " is not on the class path, although dance.jar has it");
    }
    return stream;
  }

  /** Writes the four files, packed, into a folder that is made if need be. */
  public static void write(ImageData data, Path folder) {
    AtomicFile.makeFolder(folder);
    IdxFiles.write(
        data.train(), folder.resolve(FILES.get(0) + PACKED), folder.resolve(FILES.get(1) + PACKED));
    IdxFiles.write(
        data.test(), folder.resolve(FILES.get(2) + PACKED), folder.resolve(FILES.get(3) + PACKED));
  }
}
