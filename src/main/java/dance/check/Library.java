package dance.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * An external library that some functions need: whether it is on the class path, and which artefact
 * to add if it is not. Projects that depend on {@code dance:dance} get all of them except the
 * kernel's and {@link #PYTORCH_NATIVE}.
 */
public enum Library {
  /** Options of the command line. */
  PICOCLI("picocli.", "CommandLine", "info.picocli:picocli:4.7.7"),
  /** Reads other people's files. */
  YAML("org.snakeyaml.engine.", "v2.api.Load", "org.snakeyaml:snakeyaml-engine:2.10"),
  /** NSGA-II. */
  JENETICS_EXT("io.jenetics.ext.", "moea.NSGA2Selector", "io.jenetics:jenetics.ext:7.2.0"),
  /** Evolutionary search. */
  JENETICS("io.jenetics.", "engine.Engine", "io.jenetics:jenetics:7.2.0"),
  /** JSON. */
  GSON("com.google.gson.", "Gson", "com.google.code.gson:gson:2.13.1"),
  /** Student's t distribution, for confidence intervals. */
  HIPPARCHUS(
      "org.hipparchus.",
      "distribution.continuous.TDistribution",
      "org.hipparchus:hipparchus-core:4.0.3"),
  /** Tables of cells. */
  TABLESAW("tech.tablesaw.", "api.Table", "tech.tablesaw:tablesaw-core:0.44.4"),
  /** Charts. */
  XCHART("org.knowm.xchart.", "XYChart", "org.knowm.xchart:xchart:4.0.3"),
  /** Charts as SVG. */
  VECTOR_GRAPHICS(
      "de.erichseifert.vectorgraphics2d.",
      "VectorGraphics2D",
      "de.erichseifert.vectorgraphics2d:VectorGraphics2D:0.13"),
  /** DJL's engine for PyTorch. */
  PYTORCH_ENGINE(
      "ai.djl.pytorch.", "engine.PtEngineProvider", "ai.djl.pytorch:pytorch-engine:0.35.1"),
  /** Training, with any engine. */
  DJL("ai.djl.", "engine.Engine", "ai.djl:api:0.35.1"),
  /** What lies between Java and PyTorch. */
  PYTORCH_JNI("jnilib.", "/jnilib/pytorch.properties", "ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1"),
  /** PyTorch itself, 112 MB for this machine's system: only training needs it. */
  PYTORCH_NATIVE(
      "native.",
      "/native/lib/pytorch.properties",
      "ai.djl.pytorch:pytorch-native-cpu:2.7.1:" + system()),
  /** Sockets of the kernel. */
  ZEROMQ("org.zeromq.", "ZMQ", "org.zeromq:jeromq:0.6.0"),
  /** {@code %maven} in cells of the kernel. */
  MAVEN_RESOLVER(
      "org.eclipse.aether.",
      "supplier.RepositorySystemSupplier",
      "org.apache.maven.resolver:maven-resolver-supplier-mvn3:2.0.25"),
  /** The kernel that {@code java -jar dance.jar kernel} starts. */
  JUPYTER("org.dflib.jjava.", "jupyter.kernel.BaseKernel", "org.dflib.jjava:jjava-jupyter:1.0-a6");

  private final String packages;
  private final String witness;
  private final String coordinates;

  /** Package prefix, a class or resource of the library, and its Maven coordinates. */
  Library(String packages, String witness, String coordinates) {
    this.packages = packages;
    this.witness = witness;
    this.coordinates = coordinates;
  }

  /** Maven coordinates: {@code group:artifact:version}, with a classifier if there is one. */
  public String coordinates() {
    return coordinates;
  }

  /** Whether it is on the class path. */
  public boolean present() {
    if (this == PYTORCH_NATIVE) {
      return forThisSystem();
    }
    if (witness.startsWith("/")) {
      return Library.class.getResource(witness) != null;
    }
    try {
      Class.forName(packages + witness, false, Library.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /** A folder lib may have been copied from another operating system. */
  private static boolean forThisSystem() {
    try {
      String resource = PYTORCH_NATIVE.witness.substring(1);
      for (URL found : Collections.list(Library.class.getClassLoader().getResources(resource))) {
        Properties properties = new Properties();
        try (InputStream stream = found.openStream()) {
          properties.load(stream);
        }
        if (system().equals(properties.getProperty("classifier"))) {
          return true;
        }
      }
      return false;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Checks that the library is present.
   *
   * @param task what needs it, in the plural, such as {@code charts}
   * @throws MissingLibrary if it is absent
   */
  public void need(String task) {
    if (!present()) {
      throw new MissingLibrary(task + " need " + missing(), null);
    }
  }

  /** The library that a missing class belongs to. */
  public static Optional<Library> of(NoClassDefFoundError absent) {
    String name = String.valueOf(absent.getMessage()).replace('/', '.');
    return Arrays.stream(values()).filter(l -> name.startsWith(l.packages)).findFirst();
  }

  /** What is missing and what to add. */
  public static String explain(NoClassDefFoundError absent) {
    return of(absent)
        .map(library -> "this needs " + library.missing())
        .orElse(
            String.valueOf(absent.getMessage()).replace('/', '.')
                + " is not on the class path. Maybe dance.jar was moved without its folder lib.");
  }

  /** End of a message that begins with what needs the library. */
  public String missing() {
    if (this == PYTORCH_NATIVE) {
      return lines();
    }
    return ("the library %s, which is not on the class path. Maybe add it, or dance.jar was "
            + "moved without its folder lib.")
        .formatted(coordinates);
  }

  /**
   * Dependency lines for this operating system: the native library is large and differs from system
   * to system, so it is no ordinary dependency.
   */
  private static String lines() {
    String[] part = PYTORCH_NATIVE.coordinates.split(":", -1);
    if (part[3].isEmpty()) {
      return "PyTorch's own library, and there is none of PyTorch %s for %s, %s."
          .formatted(part[2], System.getProperty("os.name"), System.getProperty("os.arch"));
    }
    return """
    PyTorch's own library, which is not on the class path. Maybe add it, as one of
      %%maven %1$s:%2$s:jar:%4$s:%3$s
      //DEPS %1$s:%2$s:%3$s:%4$s
      <dependency><groupId>%1$s</groupId><artifactId>%2$s</artifactId><version>%3$s</version><classifier>%4$s</classifier></dependency>\
    """
        .formatted((Object[]) part);
  }

  /** PyTorch's classifier for this system; empty if PyTorch does not support it. */
  private static String system() {
    return system(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** PyTorch's classifier for a system. */
  public static String system(String name, String architecture) {
    String system = name.toLowerCase(Locale.ROOT).split(" ")[0];
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    return switch (system) {
      case "linux" -> intel ? "linux-x86_64" : arm ? "linux-aarch64" : "";
      case "mac" -> arm ? "osx-aarch64" : "";
      case "windows" -> intel ? "win-x86_64" : "";
      default -> "";
    };
  }
}
