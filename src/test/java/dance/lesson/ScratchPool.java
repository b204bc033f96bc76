package dance.lesson;

import dance.accelerator.Accelerator;
import dance.accelerator.Accelerators;
import dance.accelerator.MemoryLevel;

/** Eyeriss with one pool of words in a PE and one in its buffer, so that small mappings fit. */
public final class ScratchPool {
  private ScratchPool() {}

  public static Accelerator eyeriss() {
    return Accelerators.eyeriss()
        .level("GLB", MemoryLevel::pooled)
        .level("RF", MemoryLevel::pooled);
  }
}
