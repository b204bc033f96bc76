package dance.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets from a server that answers as DJL's does. */
class ImageDownloadTest {
  private static final String CACHE = "DJL_CACHE_DIR";

  @TempDir private Path folder;

  private final Map<String, byte[]> served = new TreeMap<>();
  private HttpServer server;
  private String address;
  private String cacheBefore;

  @BeforeEach
  void serve() throws IOException {
    cacheBefore = System.getProperty(CACHE);
    System.setProperty(CACHE, folder.resolve("cache").toString());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = served.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(
              answer == null ? 404 : 200, answer == null ? -1 : answer.length);
          if (answer != null) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
    address = "http://localhost:" + server.getAddress().getPort() + "/";
  }

  @AfterEach
  void stop() {
    server.stop(0);
    if (cacheBefore == null) {
      System.clearProperty(CACHE);
    } else {
      System.setProperty(CACHE, cacheBefore);
    }
  }

  /** Serves files, by the names of DJL's items, with the list of them. */
  private void offer(String dataSet, Map<String, byte[]> files) throws Exception {
    String place = "/dataset/cv/ai/djl/basicdataset/" + dataSet + "/";
    StringBuilder items = new StringBuilder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String uri = "1.0/" + file.getKey();
      served.put(place + uri, file.getValue());
      String hash =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(file.getValue()));
      items.append(items.isEmpty() ? "" : ",");
      items.append(
          String.format(
              "\"%s\":{\"uri\":\"%s\",\"name\":\"%s\",\"sha1Hash\":\"%s\",\"size\":%d}",
              file.getKey(), uri, file.getKey(), hash, file.getValue().length));
    }
    String list =
        String.format(
            "{\"metadataVersion\":\"0.1\",\"groupId\":\"ai.djl.basicdataset\",\"artifactId\":\"%s\","
                + "\"artifacts\":[{\"version\":\"1.0\",\"name\":\"%s\",\"files\":{%s}}]}",
            dataSet, dataSet, items);
    served.put(place + "metadata.json", list.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void fashionMnistIsDownloadedOnceAndKept() throws Exception {
    ImageData part = FashionMnist.bundled().part(1, 30, 20);
    Path files = folder.resolve("files");
    FashionMnist.write(part, files);
    offer(
        "fashmnist",
        Map.of(
            "train_data", Files.readAllBytes(files.resolve("train-images-idx3-ubyte.gz")),
            "train_labels", Files.readAllBytes(files.resolve("train-labels-idx1-ubyte.gz")),
            "test_data", Files.readAllBytes(files.resolve("t10k-images-idx3-ubyte.gz")),
            "test_labels", Files.readAllBytes(files.resolve("t10k-labels-idx1-ubyte.gz"))));
    ImageData downloaded = ImageDownload.fashionMnist(address);
    assertThat(downloaded.train().sha256()).isEqualTo(part.train().sha256());
    assertThat(downloaded.test().sha256()).isEqualTo(part.test().sha256());
    served.clear();
    assertThat(ImageDownload.fashionMnist(address).train().size()).isEqualTo(30);
  }

  @Test
  void cifar10IsDownloaded() throws Exception {
    offer(
        "cifar10", Map.of("data_batch.bin", new byte[3 * 3073], "test_batch.bin", new byte[3073]));
    ImageData data = ImageDownload.cifar10(address, 3, 1);
    assertThat(data.train()).hasToString("3 images of 3×32×32, 10 classes");
  }

  @Test
  void whereThereIsNoServerTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> ImageDownload.fashionMnist(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fashmnist cannot be downloaded from " + address)
        .hasMessageContaining("Maybe there is no internet here");
    server.stop(0);
    assertThatThrownBy(() -> ImageDownload.cifar10(address, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe there is no internet here");
  }

  @Test
  void sourcesHaveNames() {
    assertThat(ImageData.from("fashion-mnist-part").name()).isEqualTo("Fashion-MNIST part");
    assertThatThrownBy(() -> ImageData.from("cifar10:" + folder.resolve("none")))
        .hasMessageContaining("data_batch_1.bin: no such file");
    assertThatThrownBy(() -> ImageData.from("fashion-mnist:" + folder))
        .hasMessageContaining("train-images-idx3-ubyte: no such file");
    assertThatThrownBy(() -> ImageData.from("mnist"))
        .hasMessageStartingWith("images mnist must be fashion-mnist-part, or");
  }
}
