package dance.notebook.lab;

import dance.check.Rules;

/**
 * What a submission may use.
 *
 * @param cellSeconds of one cell; then it is skipped and the rest runs without it
 * @param heapMb of its virtual machine; its whole memory has 4 GiB more, where there is a shell
 * @param folderMb of the files in its folder
 */
public record Limits(int cellSeconds, int heapMb, int folderMb) {
  /**
   * @throws IllegalArgumentException naming each limit out of range
   */
  public Limits {
    new Rules()
        .require(cellSeconds > 0, "seconds of a cell (%d) must be positive", cellSeconds)
        .require(heapMb >= 64, "memory (%d MiB) must be at least 64 MiB", heapMb)
        .require(folderMb > 0, "files (%d MiB) must have room", folderMb)
        .check();
  }

  /** 20 s a cell, 512 MiB, 64 MiB of files. */
  public static Limits defaults() {
    return new Limits(20, 512, 64);
  }
}
