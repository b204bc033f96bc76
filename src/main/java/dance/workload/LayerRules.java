package dance.workload;

import dance.check.Rules;
import dance.workload.Layer.Kind;
import dance.workload.Layer.Shape;

/** What makes the loop nest of a {@link Layer} valid. */
final class LayerRules {
  private static final String[] LABELS = {
    "images (N)",
    "output channels (K)",
    "input channels (C)",
    "output rows (P)",
    "output columns (Q)",
    "kernel rows (R)",
    "kernel columns (S)",
    "groups",
    "stride of rows",
    "stride of columns",
    "dilation of rows",
    "dilation of columns"
  };

  private LayerRules() {}

  static void check(Rules rules, String name, Kind kind, Shape x) {
    rules.require(name != null && !name.isBlank(), "a layer of kind %s needs a name", kind);
    int[] sizes = {
      x.n(),
      x.k(),
      x.c(),
      x.p(),
      x.q(),
      x.r(),
      x.s(),
      x.groups(),
      x.strideP(),
      x.strideQ(),
      x.dilationR(),
      x.dilationS()
    };
    boolean positive = true;
    for (int i = 0; i < sizes.length; i++) {
      positive &= sizes[i] >= 1;
      rules.require(
          sizes[i] >= 1, "%s of layer %s (%d) must be at least 1", LABELS[i], name, sizes[i]);
    }
    if (kind == Kind.EINSUM) {
      rules.require(x.equals(Shape.UNIT), "layer %s of kind EINSUM must have the unit shape", name);
      return;
    }
    if (kind == Kind.MATRIX_MULTIPLICATION || kind == Kind.ADDITION) {
      for (int i = 5; i < sizes.length; i++) {
        rules.require(
            i == 7 || sizes[i] == 1,
            "%s of layer %s (%d) must be 1: a layer of kind %s has no window",
            LABELS[i],
            name,
            sizes[i],
            kind);
      }
    }
    if (!positive) {
      return;
    }
    checkGroups(rules, name, kind, x);
    checkExtent(rules, name, "rows", x.inputRows());
    checkExtent(rules, name, "columns", x.inputColumns());
  }

  static void checkMatmul(String name, int batch, int rows, int inner, int columns) {
    Rules rules = new Rules();
    int[] sizes = {batch, rows, inner, columns};
    String[] labels = {"batch", "rows", "inner size", "columns"};
    for (int i = 0; i < sizes.length; i++) {
      rules.require(
          sizes[i] >= 1, "%s of layer %s (%d) must be at least 1", labels[i], name, sizes[i]);
    }
    for (int i = 2; i < sizes.length; i++) {
      rules.require(
          (long) batch * sizes[i] <= Integer.MAX_VALUE,
          "batch (%d) times %s (%d) of layer %s must be at most %d",
          batch,
          labels[i],
          sizes[i],
          name,
          Integer.MAX_VALUE);
    }
    rules.check();
  }

  private static void checkGroups(Rules rules, String name, Kind kind, Shape x) {
    if (kind == Kind.POOLING || kind == Kind.ADDITION) {
      rules.require(
          x.groups() == x.c() && x.k() == x.c(),
          "groups (%d) and output channels (%d) of layer %s must equal its input channels (%d):"
              + " kind %s works channel by channel",
          x.groups(),
          x.k(),
          name,
          x.c(),
          kind);
      return;
    }
    rules.require(
        x.c() % x.groups() == 0,
        "groups (%d) of layer %s must divide its input channels (%d). Maybe groups = %d was"
            + " meant (depthwise).",
        x.groups(),
        name,
        x.c(),
        x.c());
    rules.require(
        x.k() % x.groups() == 0,
        "groups (%d) of layer %s must divide its output channels (%d)",
        x.groups(),
        name,
        x.k());
  }

  private static void checkExtent(Rules rules, String name, String what, long extent) {
    rules.require(
        extent <= Integer.MAX_VALUE,
        "input %s of layer %s (%d) must be at most %d",
        what,
        name,
        extent,
        Integer.MAX_VALUE);
  }
}
