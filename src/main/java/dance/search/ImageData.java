package dance.search;

import dance.check.Rules;

/**
 * Images to learn from and images to be judged by.
 *
 * @param name what it is called
 * @param train images to learn from
 * @param test images to be judged by
 */
public record ImageData(String name, Images train, Images test) {
  public ImageData {
    new Rules()
        .require(
            train.classes() == test.classes()
                && train.channels() == test.channels()
                && train.rows() == test.rows()
                && train.columns() == test.columns(),
            "%s must learn from images like those it is judged by, not from %s for %s",
            name,
            train,
            test)
        .check();
  }

  /**
   * A part of both, every class with its share.
   *
   * @param seed one seed, one choice
   */
  public ImageData part(long seed, int trainImages, int testImages) {
    return new ImageData(
        name + " part", train.split(seed, trainImages).get(0), test.split(seed, testImages).get(0));
  }
}
