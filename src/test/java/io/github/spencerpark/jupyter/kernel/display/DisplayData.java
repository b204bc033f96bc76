package io.github.spencerpark.jupyter.kernel.display;

import java.util.LinkedHashMap;
import java.util.Map;

/** Stands for the class of jupyter-jvm-basekernel 2.3, as far as it is used. */
public final class DisplayData {
  public final Map<String, Object> data = new LinkedHashMap<>();
  public String id;

  public void putData(String mimeType, Object form) {
    data.put(mimeType, form);
  }

  public void setDisplayId(String displayId) {
    id = displayId;
  }
}
