package dance.check;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files atomically: a reader sees the old file or the new one, never a partial one, even if
 * the program is killed. A symbolic link is kept and its target replaced; devices and pipes, which
 * cannot be replaced, are written to directly.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Creates or replaces a file.
   *
   * @throws UncheckedIOException naming the file, if it cannot be written; the old one is kept
   */
  public static void write(Path file, byte[] bytes) {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, bytes);
        return;
      }
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      // in the same folder: a rename is atomic only within a file system
      Path beside =
          target.resolveSibling(
              "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
      try {
        // no channel: an interrupted thread cannot write to one
        try (FileOutputStream stream = new FileOutputStream(beside.toFile())) {
          stream.write(bytes);
          stream.getFD().sync();
        }
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      String message = file + ": cannot be written: " + reason(file, e);
      throw new UncheckedIOException(message, new IOException(message, e));
    }
  }

  /**
   * Creates a folder and its missing parents.
   *
   * @throws UncheckedIOException naming the folder, if it cannot be created
   */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException(folder + ": cannot be made: " + e, e));
    }
  }

  /**
   * Why a file cannot be created, as text: many Java exceptions carry only a file name and a class.
   */
  public static String reason(Path file, IOException failure) {
    Path folder = file.toAbsolutePath().getParent();
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing != null && !Files.isDirectory(existing)) {
      return existing + " is no folder";
    }
    if (existing != null && !Files.isWritable(existing)) {
      return "folder " + existing + " may not be written to";
    }
    if (!Files.exists(folder)) {
      return "there is no folder " + folder;
    }
    String words =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    return words == null ? failure.toString() : words;
  }

  /** Creates or replaces a text file, in UTF-8. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
