package dance.notebook.kernel;

import dance.check.Library;
import dance.check.MissingLibrary;
import dance.check.Rules;
import java.nio.file.Path;
import java.util.List;

/** {@code %maven}: libraries with their dependencies, by Maven coordinates. */
record MavenMagic() implements Magic {
  private static final String COORDINATES = "[\\w.-]+:[\\w.-]+(:[\\w.-]+){1,3}";

  @Override
  public String name() {
    return "maven";
  }

  @Override
  public String example() {
    return "%maven group:artifact:version";
  }

  @Override
  public List<Path> jars(List<String> arguments) {
    Rules rules = new Rules();
    rules.require(!arguments.isEmpty(), "%%maven needs a library. Maybe %s", example());
    for (String library : arguments) {
      rules.require(
          library.matches(COORDINATES),
          "%s must be GROUP:ARTIFACT:VERSION, as org.apache.commons:commons-csv:1.14.1",
          library);
    }
    rules.check();
    try {
      return MavenRepositories.ofUser().resolve(arguments);
    } catch (NoClassDefFoundError absent) {
      throw new MissingLibrary("%maven needs " + Library.MAVEN_RESOLVER.missing(), absent);
    }
  }
}
