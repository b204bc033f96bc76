package dance.notebook.kernel;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Standard output and errors of cells: sent to the notebook while a cell runs, in the order of
 * printing, in few large messages instead of one per line.
 */
final class CellStreams {
  private static final long EVERY_MS = 100;
  private static final int LARGEST = 1 << 16;

  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private final Part out;
  private final Part err;
  private final PrintStream outPrinter;
  private final PrintStream errPrinter;
  private Part last;
  private boolean attached;

  /** Output while no cell runs goes to the streams of the program. */
  CellStreams(PrintStream programOut, PrintStream programErr) {
    out = new Part(programOut);
    err = new Part(programErr);
    last = out;
    outPrinter = new PrintStream(out, false, StandardCharsets.UTF_8);
    errPrinter = new PrintStream(err, false, StandardCharsets.UTF_8);
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cell output");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(this::drain, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  PrintStream out() {
    return outPrinter;
  }

  PrintStream err() {
    return errPrinter;
  }

  /** Begins a cell: output goes to it. */
  synchronized void attach(Consumer<String> cellOut, Consumer<String> cellErr) {
    out.cell = cellOut;
    err.cell = cellErr;
    attached = true;
  }

  /** Ends the cell: all output has been sent to it. */
  synchronized void detach() {
    drain();
    attached = false;
    out.cell = null;
    err.cell = null;
  }

  /** Sends the buffered output. */
  synchronized void drain() {
    if (waiting.size() > 0 && attached) {
      String text = waiting.toString(StandardCharsets.UTF_8);
      waiting.reset();
      last.cell.accept(text);
    }
  }

  private synchronized void write(Part part, byte[] bytes, int from, int length) {
    if (!attached) {
      part.program.write(bytes, from, length);
      return;
    }
    if (last != part) {
      drain();
      last = part;
    }
    waiting.write(bytes, from, length);
    if (waiting.size() > LARGEST) {
      drain();
    }
  }

  /** One of the two streams. */
  private final class Part extends OutputStream {
    private final PrintStream program;
    private Consumer<String> cell;

    Part(PrintStream program) {
      this.program = program;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      CellStreams.this.write(this, bytes, from, length);
    }
  }
}
