package dance.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Whether something is to be seen in a picture. */
final class Pictures {
  private Pictures() {}

  /** Decodes the pictures among the forms of a value, each of which must show something. */
  static void assertNotBlank(String where, Map<String, String> forms) throws Exception {
    if (forms.containsKey("image/png")) {
      assertThat(colors(forms.get("image/png"))).as(where + ": colors").isGreaterThan(3);
    }
    if (forms.containsKey("image/svg+xml")) {
      assertThat(shapes(forms.get("image/svg+xml"))).as(where + ": shapes").isGreaterThan(3);
    }
  }

  static int colors(String base64) throws IOException {
    byte[] bytes = Base64.getMimeDecoder().decode(base64);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colors.add(image.getRGB(x, y));
      }
    }
    return colors.size();
  }

  static int shapes(String svg) throws Exception {
    NodeList all =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getElementsByTagName("*");
    int shapes = 0;
    for (int i = 0; i < all.getLength(); i++) {
      if (Set.of("rect", "path", "line", "circle", "polygon", "polyline", "text")
          .contains(
              all.item(i).getLocalName() == null
                  ? all.item(i).getNodeName()
                  : all.item(i).getLocalName())) {
        shapes++;
      }
    }
    return shapes;
  }
}
