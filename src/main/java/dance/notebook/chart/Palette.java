package dance.notebook.chart;

import java.awt.Color;
import java.util.stream.IntStream;

/**
 * The colors of all charts: distinct for color-blind readers, and by lightness in grey.
 *
 * <p>Categories: Okabe and Ito, "Color Universal Design", 2008, in an order in which neighbours
 * differ in lightness, and the first three most of all. Quantities: viridis, of even lightness
 * steps (Smith and van der Walt, SciPy 2015; nine samples of matplotlib's table).
 */
public final class Palette {
  /** The first category. */
  public static final Color BLUE = new Color(0x0072B2);

  static final Color ORANGE = new Color(0xE69F00);
  static final Color VERMILION = new Color(0xD55E00);
  static final Color SKY = new Color(0x56B4E9);
  static final Color GREEN = new Color(0x009E73);
  static final Color PURPLE = new Color(0xCC79A7);

  /** Text and frames. */
  public static final Color BLACK = new Color(0x222222);

  static final Color YELLOW = new Color(0xF0E442);
  static final Color GREY = new Color(0xBBBBBB);

  private static final Color[] CATEGORIES = {
    BLUE, ORANGE, BLACK, SKY, VERMILION, PURPLE, GREEN, YELLOW
  };

  /** Colors that are darkened for more categories; black cannot be. */
  private static final Color[] SHADED = {ORANGE, SKY, VERMILION, PURPLE, GREEN, YELLOW, BLUE};

  private static final Color[] LEVELS = {BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY};

  /** Fraction of black in categories beyond the eight. */
  private static final double SHADE = 0.35;

  private static final int[] VIRIDIS = {
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
  };

  private Palette() {}

  /** The colors of categories. */
  static Color[] categories() {
    return CATEGORIES.clone();
  }

  /** The color of a category; beyond eight they repeat, darker. */
  public static Color category(int index) {
    return index < CATEGORIES.length
        ? CATEGORIES[index]
        : shade(SHADED[(index - CATEGORIES.length) % SHADED.length]);
  }

  /** The hue of a memory level, in charts and drawings alike; from the outermost, which is 0. */
  public static Color level(int index) {
    return LEVELS[index % LEVELS.length];
  }

  private static Color shade(Color color) {
    double kept = 1 - SHADE;
    return new Color(
        (int) (kept * color.getRed()),
        (int) (kept * color.getGreen()),
        (int) (kept * color.getBlue()));
  }

  /** From dark (minimum) to bright (maximum). */
  static Color[] viridis() {
    return IntStream.of(VIRIDIS).mapToObj(Color::new).toArray(Color[]::new);
  }

  /** A color mixed with white: 0 keeps it, 1 is white. */
  public static Color tint(Color color, double white) {
    return new Color(
        tint(color.getRed(), white), tint(color.getGreen(), white), tint(color.getBlue(), white));
  }

  private static int tint(int part, double white) {
    return (int) Math.round(part + (255 - part) * white);
  }

  /** A color with this opacity: 0 is transparent, 1 opaque. */
  static Color opacity(Color color, double opacity) {
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
  }

  /** The color in SVG notation: {@code #0072b2}. */
  public static String hex(Color color) {
    return String.format("#%06x", color.getRGB() & 0xffffff);
  }
}
