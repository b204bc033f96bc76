package dance.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was appended is read again as far as it is whole; nothing else ever is. */
class JournalTest {
  private static final List<String> ENTRIES = List.of("one", "", "μ, three", "four".repeat(99));

  @TempDir private Path folder;
  private Path target;
  private Path file;

  @BeforeEach
  void name() {
    target = folder.resolve("t.table");
    file = folder.resolve("t.table.part");
  }

  private Journal open(String identity, List<String> found) {
    return Journal.open(
        target, "table", identity, e -> found.add(StandardCharsets.UTF_8.decode(e).toString()));
  }

  private static void append(Journal journal, List<String> entries) {
    entries.forEach(
        e ->
            journal.append(ByteBuffer.wrap(e.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer()));
  }

  private byte[] whole() throws IOException {
    try (Journal journal = open("a space", new ArrayList<>())) {
      append(journal, ENTRIES);
    }
    return Files.readAllBytes(file);
  }

  @Test
  void wholeEntriesAreReadInTheirOrderAndTheRestIsCutOff() throws IOException {
    byte[] whole = whole();
    SplittableRandom random = new SplittableRandom(19);
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      int firstByte = "dance journal, version 1\n".length();
      if (length % 2 == 1 && length > firstByte) {
        cut[random.nextInt(firstByte, length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, cut);
      List<String> found = new ArrayList<>();
      try (Journal journal = open("a space", found)) {
        assertThat(found).isEqualTo(ENTRIES.subList(0, found.size()));
        append(journal, ENTRIES.subList(found.size(), ENTRIES.size()));
      }
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void theJournalOfOtherWorkIsRefusedAndStays() throws IOException {
    byte[] whole = whole();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open("another space", new ArrayList<>()))
        .withMessage(file + " is of another table. Maybe name another file, or remove it.");
    assertThat(file).hasBinaryContent(whole);
  }

  @Test
  void theJournalOfAnEarlierVersionIsRefusedAndStays() throws IOException {
    Files.writeString(file, "dance parts v1\n and more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open("a space", new ArrayList<>()))
        .withMessage(
            file
                + " is not a journal of this version. Maybe remove it: its entries are computed"
                + " again.");
    assertThat(file).hasContent("dance parts v1\n and more");
  }

  @Test
  void oneProgramAtATimeHasIt() {
    try (Journal journal = open("a space", new ArrayList<>())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> open("a space", new ArrayList<>()))
          .withMessage(file + " is in use. Maybe the same table is being made elsewhere.");
      journal.delete();
    }
    assertThat(file).doesNotExist();
  }
}
