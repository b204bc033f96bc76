package dance.search.train;

import ai.djl.Application;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import dance.evaluate.neural.Torch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Downloads whole data sets from the addresses of {@code ai.djl:basicdataset} (its classes
 * FashionMnist and Cifar10), by DJL: once, into its cache.
 */
final class ImageDownload {
  static final String ADDRESS = "https://mlrepo.djl.ai/";
  private static final String GROUP = "ai.djl.basicdataset";

  private ImageDownload() {}

  static ImageData fashionMnist() {
    return fashionMnist(ADDRESS);
  }

  static ImageData fashionMnist(String address) {
    return FashionMnist.of(
        files(address, "fashmnist", "train_data", "train_labels", "test_data", "test_labels"));
  }

  static ImageData cifar10() {
    return cifar10(ADDRESS, 50_000, 10_000);
  }

  static ImageData cifar10(String address, int trainRecords, int testRecords) {
    List<Path> files = files(address, "cifar10", "data_batch.bin", "test_batch.bin");
    return Cifar10.downloaded(files.get(0), files.get(1), trainRecords, testRecords);
  }

  private static List<Path> files(String address, String dataSet, String... items) {
    AtomicReference<IOException> failure = new AtomicReference<>();
    List<Path> files = new ArrayList<>();
    Torch.online(
        () -> {
          try {
            Repository repository = new RemoteRepository("images", URI.create(address));
            MRL place = repository.dataset(Application.CV.ANY, GROUP, dataSet, "1.0");
            Artifact artifact = place.getDefaultArtifact();
            if (artifact == null) {
              throw new IOException("there is no " + dataSet);
            }
            place.prepare(artifact);
            for (String item : items) {
              Artifact.Item file = artifact.getFiles().get(item);
              if (file == null) {
                throw new IOException("there is no " + item + " of " + dataSet);
              }
              files.add(repository.getFile(file, null));
            }
          } catch (IOException e) {
            failure.set(e);
          }
        });
    if (failure.get() != null) {
      throw new IllegalArgumentException(
          dataSet
              + " cannot be downloaded from "
              + address
              + ": "
              + failure.get()
              + ". Maybe there is no internet here: bring the files of the data set into a folder"
              + " and name that.",
          failure.get());
    }
    return files;
  }
}
