package dance.notebook.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;

/**
 * The outputs of the running cell. Jupyter can clear all outputs of a cell but not one: a removed
 * one is emptied at once, and at the end of the cell all are cleared and the rest sent again, so
 * that the notebook does not depend on how often a progress bar was shown.
 */
final class CellOutputs {
  /** Maximum number of characters kept for sending again; with more, empty outputs remain. */
  private static final long MOST = 4 << 20;

  private static final List<MIMEType> TYPES =
      List.of(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN, MIMEType.IMAGE_SVG, MIMEType.IMAGE_PNG);

  private final List<Output> shown = new ArrayList<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private ShellReplyEnvironment cell;
  private long size;

  /** A printed text, or a display. */
  private sealed interface Output {
    /** Printed text. */
    record Printed(boolean isError, StringBuilder text) implements Output {}

    /** A display. */
    record Displayed(DisplayData data) implements Output {}
  }

  /** Begins a cell. */
  synchronized void begin(ShellReplyEnvironment environment) {
    cell = environment;
    shown.clear();
    removed.clear();
    size = 0;
  }

  void out(String text) {
    print(false, text);
  }

  void err(String text) {
    print(true, text);
  }

  private synchronized void print(boolean isError, String text) {
    write(isError, text);
    boolean goesOn =
        !shown.isEmpty()
            && shown.get(shown.size() - 1) instanceof Output.Printed last
            && last.isError() == isError;
    size += text.length();
    if (size > MOST) {
      shown.clear();
    } else if (goesOn) {
      ((Output.Printed) shown.get(shown.size() - 1)).text().append(text);
    } else {
      shown.add(new Output.Printed(isError, new StringBuilder(text)));
    }
  }

  private void write(boolean isError, String text) {
    if (isError) {
      cell.writeToStdErr(text);
    } else {
      cell.writeToStdOut(text);
    }
  }

  synchronized void show(DisplayData data) {
    cell.publish(new PublishDisplayData(data));
    size += length(data);
    if (size > MOST) {
      shown.clear();
    } else {
      shown.add(new Output.Displayed(data));
    }
  }

  synchronized void update(DisplayData data) {
    cell.publish(new PublishUpdateDisplayData(data));
    shown.replaceAll(
        output -> isOf(data.getDisplayId(), output) ? new Output.Displayed(data) : output);
  }

  synchronized void remove(String id) {
    DisplayData empty = new DisplayData("");
    empty.putTransientData(DisplayData.DISPLAY_ID_KEY, id);
    cell.publish(new PublishUpdateDisplayData(empty));
    shown.removeIf(output -> isOf(id, output));
    removed.add(id);
  }

  private static boolean isOf(String id, Output output) {
    return output instanceof Output.Displayed displayed
        && id.equals(displayed.data().getDisplayId());
  }

  /** Approximate number of characters. */
  private static long length(DisplayData data) {
    long length = 0;
    for (MIMEType type : TYPES) {
      Object form = data.getData(type);
      length += form == null ? 0 : form.toString().length();
    }
    return length;
  }

  /** Ends the cell. */
  synchronized void end() {
    if (!removed.isEmpty() && size <= MOST) {
      cell.publish(
          shown.isEmpty() ? PublishClearOutput.NOW : PublishClearOutput.BEFORE_NEXT_OUTPUT);
      for (Output output : shown) {
        if (output instanceof Output.Printed printed) {
          write(printed.isError(), printed.text().toString());
        } else if (output instanceof Output.Displayed displayed) {
          cell.publish(new PublishDisplayData(displayed.data()));
        }
      }
    }
    shown.clear();
  }
}
