package dance.notebook.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/** The local repository and Maven Central, through Maven's own resolver. */
record MavenRepositories(MavenSettings settings) {
  static MavenRepositories ofUser() {
    return new MavenRepositories(MavenSettings.ofUser());
  }

  /**
   * Libraries and their runtime dependencies, downloaded if necessary.
   *
   * @param libraries as {@code group:artifact:version}
   * @return their jars, the named ones first
   * @throws IllegalArgumentException if a library is not found or cannot be downloaded
   */
  List<Path> resolve(List<String> libraries) {
    RepositorySystem maven = new RepositorySystemSupplier().get();
    // the simple local repository accepts its artefacts whatever remote repository they came from
    LocalRepository local = new LocalRepository(settings.localRepository().toFile(), "simple");
    RemoteRepository central =
        new RemoteRepository.Builder("central", "default", settings.central()).build();
    CollectRequest wanted = new CollectRequest();
    for (String library : libraries) {
      wanted.addDependency(
          new Dependency(new DefaultArtifact(ordered(library)), JavaScopes.RUNTIME));
    }
    wanted.addRepository(central);
    try (CloseableSession session =
        new SessionBuilderSupplier(maven)
            .get()
            .withLocalRepositories(local)
            .setSystemProperties(System.getProperties())
            .setIgnoreArtifactDescriptorRepositories(true)
            .setOffline(settings.offline())
            .build()) {
      List<Path> jars = new ArrayList<>();
      for (ArtifactResult found :
          maven
              .resolveDependencies(
                  session,
                  new DependencyRequest(
                      wanted, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
              .getArtifactResults()) {
        jars.add(found.getArtifact().getFile().toPath());
      }
      return jars;
    } catch (DependencyResolutionException failed) {
      throw new IllegalArgumentException(message(libraries, failed), failed);
    } finally {
      maven.shutdown();
    }
  }

  /** Maven's resolver expects the version last; with a classifier, notebooks write that last. */
  private static String ordered(String library) {
    String[] parts = library.split(":");
    return parts.length == 4
        ? String.join(":", parts[0], parts[1], "jar", parts[3], parts[2])
        : library;
  }

  private String message(List<String> libraries, DependencyResolutionException failed) {
    String missing = String.join(", ", libraries);
    Throwable cause = failed;
    boolean absent = false;
    while (cause.getCause() != null) {
      cause = cause.getCause();
      if (cause instanceof ArtifactTransferException transfer) {
        missing = transfer.getArtifact().toString();
        absent = transfer instanceof ArtifactNotFoundException;
      }
    }
    String where = "%s is not in %s".formatted(missing, settings.localRepository());
    if (settings.offline()) {
      return where + ", and settings.xml says offline.";
    }
    return absent
        ? where + " and not in " + settings.central() + ". Maybe another version."
        : where
            + ", and "
            + settings.central()
            + " cannot be reached ("
            + cause.getMessage()
            + "). Maybe this machine is offline: what mvn fetched elsewhere can be copied there.";
  }
}
