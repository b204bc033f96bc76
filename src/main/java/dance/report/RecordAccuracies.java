package dance.report;

import dance.search.AccuracyColumns;
import dance.search.TabularTask;
import dance.space.NetworkSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tables of accuracies of others: CSV or JSON with columns named by the user. */
public final class RecordAccuracies {
  private RecordAccuracies() {}

  /**
   * Reads a task.
   *
   * @param file CSV or JSON, as {@link RecordText} reads them
   * @throws IllegalArgumentException naming the row that is wrong, or why networks without a row
   *     cannot be predicted
   */
  public static TabularTask read(Path file, NetworkSpace space, AccuracyColumns columns) {
    List<Map<String, String>> rows;
    try {
      rows = RecordText.read(Files.readString(file));
    } catch (CharacterCodingException binary) {
      throw new IllegalArgumentException(file + " is not a text file", binary);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file + " " + wrong.getMessage(), wrong);
    }
    return TabularTask.of(file.getFileName().toString(), space, rows, columns);
  }
}
