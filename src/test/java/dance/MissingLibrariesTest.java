package dance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dance.check.Library;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever library is absent, what does not need it works, and the rest says what to add. */
class MissingLibrariesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Library.class,
      mode = EnumSource.Mode.EXCLUDE,
      // WithoutLibrariesTest has those of the command line and of the kernel
      names = {"PICOCLI", "ZEROMQ", "JUPYTER", "MAVEN_RESOLVER"})
  void whatNeedsALibraryNamesItAndItsNeighboursWork(Library absent) throws Exception {
    Map<Door, String> failures = new EnumMap<>(Door.class);
    try (URLClassLoader loader = without(EnumSet.of(absent))) {
      for (Door door : Door.values()) {
        if (door.needs(absent) || (Door.CELLS.contains(door) && Door.CELL_NEEDS.contains(absent))) {
          failures.put(door, open(door, loader));
        }
      }
    }
    assertThat(failures)
        .isNotEmpty()
        .allSatisfy(
            (door, failure) -> {
              if (door.needs(absent)) {
                assertThat(failure).startsWith("MissingLibrary: ").endsWith(absent.missing());
              } else {
                assertThat(failure).isEmpty();
              }
            });
  }

  @Test
  void whatNeedsNoneWorksWithOurClassesAlone() throws Exception {
    Map<Door, String> failures = new EnumMap<>(Door.class);
    try (URLClassLoader loader = without(EnumSet.allOf(Library.class))) {
      for (Door door : Door.values()) {
        failures.put(door, open(door, loader));
      }
    }
    assertThat(failures)
        .allSatisfy(
            (door, failure) -> {
              if (door.needsNone()) {
                assertThat(failure).isEmpty();
              } else {
                assertThat(failure).startsWith("MissingLibrary: ");
              }
            });
  }

  private String open(Door door, ClassLoader loader) throws Exception {
    Method open =
        loader.loadClass(Door.class.getName()).getDeclaredMethod("open", String.class, Path.class);
    open.setAccessible(true);
    PrintStream out = System.out;
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader); // DJL looks for engines there
    try {
      System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
      return (String) open.invoke(null, door.name(), folder);
    } finally {
      System.setOut(out);
      thread.setContextClassLoader(before);
    }
  }

  /** What these tests are run with, without some jars. */
  private static URLClassLoader without(Set<Library> absent) throws Exception {
    Set<String> jars = absent.stream().map(MissingLibrariesTest::jar).collect(Collectors.toSet());
    List<URL> urls = new ArrayList<>();
    for (String entry : OtherProgram.classPath().split(File.pathSeparator)) {
      if (!jars.remove(Path.of(entry).getFileName().toString())) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    assertThat(jars).as("not on the class path").isEmpty();
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static String jar(Library library) {
    String[] part = library.coordinates().split(":");
    return String.join("-", List.of(part).subList(1, part.length)) + ".jar";
  }

  /** Of the dependencies in the pom, all that are not for tests, and what jjava-jupyter brings. */
  @Test
  void coordinatesAreThoseOfThePom() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String own = pom.substring(pom.indexOf("<dependencies>"), pom.indexOf("</dependencies>"));
    Set<String> expected =
        Pattern.compile("(?s)<dependency>(.*?)</dependency>")
            .matcher(own)
            .results()
            .map(match -> match.group(1))
            .filter(text -> !text.matches("(?s).*<scope>(test|provided)</scope>.*"))
            .filter(text -> !text.contains("slf4j-nop"))
            .map(text -> replaced(coordinates(text), pom))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named = new TreeSet<>();
    for (Library library : Library.values()) {
      if (library != Library.ZEROMQ) {
        named.add(library.coordinates().replaceAll("(:[^:]*:[^:]*):.*", "$1"));
      }
    }
    assertThat(named).isEqualTo(expected);
  }

  private static String coordinates(String dependency) {
    return Pattern.compile("<(?:groupId|artifactId|version)>([^<]*)<")
        .matcher(dependency)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.joining(":"));
  }

  /** With the values of properties. */
  private static String replaced(String text, String pom) {
    return Pattern.compile("\\$\\{([^}]*)}")
        .matcher(text)
        .replaceAll(match -> property(match, pom));
  }

  private static String property(MatchResult name, String pom) {
    String tag = "<" + name.group(1) + ">";
    int start = pom.indexOf(tag) + tag.length();
    return pom.substring(start, pom.indexOf('<', start));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-aarch64",
    "Mac OS X, aarch64, osx-aarch64",
    "Mac OS X, x86_64, ''",
    "Windows 11, amd64, win-x86_64",
    "FreeBSD, amd64, ''"
  })
  void systemsAreNamedAsPyTorchNamesThem(String name, String architecture, String expected) {
    assertThat(Library.system(name, architecture)).isEqualTo(expected);
  }
}
