package dance.notebook.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The supported part of a user's {@code settings.xml}.
 *
 * @param localRepository folder of the libraries
 * @param central the address of Maven Central, or of a mirror of it
 * @param offline whether downloads are forbidden
 */
record MavenSettings(Path localRepository, String central, boolean offline) {
  static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  /** Settings of the user, with Maven's defaults. */
  static MavenSettings ofUser() {
    Path home = Path.of(System.getProperty("user.home"), ".m2");
    Path file = home.resolve("settings.xml");
    MavenSettings usual = new MavenSettings(home.resolve("repository"), CENTRAL, false);
    MavenSettings read = Files.isRegularFile(file) ? read(file, usual) : usual;
    String local = System.getProperty("maven.repo.local");
    return local == null ? read : new MavenSettings(Path.of(local), read.central(), read.offline());
  }

  /** Those of a file. */
  static MavenSettings read(Path file, MavenSettings usual) {
    try {
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Document settings = parsers.newDocumentBuilder().parse(file.toFile());
      Element top = settings.getDocumentElement();
      return new MavenSettings(
          text(top, "localRepository").map(MavenSettings::path).orElse(usual.localRepository()),
          mirror(top).orElse(usual.central()),
          text(top, "offline").map(Boolean::parseBoolean).orElse(usual.offline()));
    } catch (ParserConfigurationException | SAXException | IOException unreadable) {
      throw new IllegalArgumentException(
          file + ": cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Path path(String text) {
    return Path.of(text.replace("${user.home}", System.getProperty("user.home")));
  }

  private static Optional<String> mirror(Element settings) {
    NodeList mirrors = settings.getElementsByTagName("mirror");
    for (int i = 0; i < mirrors.getLength(); i++) {
      Element mirror = (Element) mirrors.item(i);
      String of = text(mirror, "mirrorOf").orElse("");
      if (of.matches("(.*,)?(\\*|external:\\*|central)(,.*)?") && !of.contains("!central")) {
        return text(mirror, "url");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(Element parent, String name) {
    NodeList children = parent.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element child && child.getTagName().equals(name)) {
        return Optional.of(child.getTextContent().strip()).filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }
}
