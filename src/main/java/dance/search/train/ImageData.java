package dance.search.train;

import dance.check.Rules;
import java.nio.file.Path;

/**
 * Training and test images.
 *
 * @param name name of the data set
 * @param train training images
 * @param test test images
 */
public record ImageData(String name, Images train, Images test) {
  private static final String PART = " part";

  /**
   * @throws IllegalArgumentException if training and test images differ in shape or number of
   *     classes
   */
  public ImageData {
    new Rules()
        .require(
            train.classes() == test.classes()
                && train.channels() == test.channels()
                && train.rows() == test.rows()
                && train.columns() == test.columns(),
            "training images of %s must have the shape and classes of its test images, not %s "
                + "for %s",
            name,
            train,
            test)
        .check();
  }

  /**
   * The data of a source: {@code fashion-mnist-part}, which is bundled; {@code fashion-mnist:DIR}
   * and {@code cifar10:DIR}, the files of the whole data set in a folder; {@code
   * fashion-mnist:download} and {@code cifar10:download}, downloaded by DJL.
   *
   * @throws IllegalArgumentException if there is no such source, or its files are invalid
   */
  public static ImageData from(String source) {
    int colon = source.indexOf(':');
    String name = colon < 0 ? source : source.substring(0, colon);
    String place = colon < 0 ? "" : source.substring(colon + 1);
    boolean download = place.equals("download");
    if (colon < 0 && name.equals("fashion-mnist-part")) {
      return FashionMnist.bundled();
    }
    if (!place.isBlank() && name.equals("fashion-mnist")) {
      return download ? ImageDownload.fashionMnist() : FashionMnist.read(Path.of(place));
    }
    if (!place.isBlank() && name.equals("cifar10")) {
      return download ? ImageDownload.cifar10() : Cifar10.read(Path.of(place));
    }
    throw new IllegalArgumentException(
        "images "
            + source
            + " must be fashion-mnist-part, or fashion-mnist or cifar10 with :DIR or :download");
  }

  /**
   * A subset of both sets, balanced like the whole.
   *
   * @param seed one seed, one choice
   */
  public ImageData part(long seed, int trainImages, int testImages) {
    return new ImageData(
        name.endsWith(PART) ? name : name + PART,
        train.split(seed, trainImages).get(0),
        test.split(seed, testImages).get(0));
  }
}
