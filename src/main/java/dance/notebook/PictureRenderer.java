package dance.notebook;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Shows pictures such as {@code BufferedImage} as PNG. */
public final class PictureRenderer implements CellRenderer {
  @Override
  public Optional<Map<String, String>> render(Object value) {
    if (!(value instanceof RenderedImage picture)) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    String size = "picture of " + picture.getWidth() + " × " + picture.getHeight() + " pixels";
    return Optional.of(
        Map.of(
            "image/png",
            Base64.getEncoder().encodeToString(bytes.toByteArray()),
            "text/plain",
            size));
  }
}
