package dance.command;

import dance.check.Rules;
import dance.search.train.ImageData;
import dance.space.NetworkSpace;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The images and networks of a supernet, and where it is computed. */
final class SupernetImages {
  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = SearchOptions.PART,
      description =
          "The images: fashion-mnist-part (bundled), fashion-mnist:FOLDER or cifar10:FOLDER, or"
              + " with :download instead of a folder (default: ${DEFAULT-VALUE}).")
  private String task;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      description =
          "The network space, or a YAML file of one (default: mini for grey images, nasbench-macro"
              + " for cifar10; that of a trained supernet).")
  private String space;

  @Option(
      names = "--images",
      split = ",",
      arity = "1",
      paramLabel = "N",
      description =
          "Number of training and test images, such as 5000,2000, in balanced classes (default:"
              + " all).")
  private int[] images;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "cpu, gpu, gpu1, …, or auto for a GPU where there is one (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads of PyTorch on a processor; the last digits depend on them (default:"
              + " ${DEFAULT-VALUE}).")
  private int threads;

  @Mixin private FastOption speed;

  NetworkSpace networks() {
    return networks(task.startsWith("cifar") ? "nasbench-macro" : SearchOptions.MINI);
  }

  /** The space that is named, or this one. */
  NetworkSpace networks(String usual) {
    return SpaceOptions.networks(space == null ? usual : space);
  }

  ImageData data() {
    return SearchOptions.part(ImageData.from(task), images);
  }

  String device() {
    return device;
  }

  int threads() {
    new Rules().require(threads >= 1, "threads (%d) must be at least 1", threads).check();
    return threads;
  }
}
