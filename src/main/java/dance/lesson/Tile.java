package dance.lesson;

import dance.cost.SignificantDigits;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tile of a tensor that the first instance of a level holds at one step.
 *
 * @param tensor whose words
 * @param level memory level, or the MAC unit
 * @param axes where it is: an interval along each axis of the tensor
 * @param words words in it; fewer than the intervals hold where a stride leaves gaps
 * @param kept those of them that the tile of the step before held too
 * @param why it moved, or stays
 */
public record Tile(String tensor, String level, List<Span> axes, long words, long kept, Why why) {

  /**
   * An interval of an axis.
   *
   * @param axis the loops that move along it, such as {@code P+R}; those of one iteration left out
   * @param first element
   * @param last element, included
   */
  public record Span(String axis, long first, long last) {
    @Override
    public String toString() {
      return axis + "=" + (first == last ? String.valueOf(first) : first + "…" + last);
    }
  }

  /**
   * Why a tile is what it is.
   *
   * @param change what happened to it
   * @param loop the loop that has advanced, such as {@code P at GLB}; empty at the first step
   */
  public record Why(Change change, String loop) {}

  /** What happened to a tile. */
  public enum Change {
    /** The first tile of all. */
    FIRST,
    /** The loop that advanced is inside of the level: it works within the tile. */
    INSIDE,
    /** The loop that advanced does not move the tensor. */
    STAYS,
    /** It moved, and shares words with the tile before. */
    SLIDES,
    /** It moved, and shares nothing with the tile before. */
    MOVES,
    /** It went back to where it began, for the loops inside begin again. */
    RETURNS
  }

  /** Copies the list: the record is immutable. */
  public Tile {
    axes = List.copyOf(axes);
  }

  /** Where it is, as {@code K=0…3 P+R=12}. */
  public String place() {
    return axes.stream()
        .filter(span -> !span.axis().isEmpty())
        .map(Span::toString)
        .collect(Collectors.joining(" "));
  }

  /** What is used again and why, in a sentence without its subject. */
  public String reason() {
    return switch (why.change()) {
      case FIRST -> "is the first tile";
      case INSIDE -> "stays: " + why.loop() + " works within it";
      case STAYS -> "stays: " + why.loop() + " does not move it";
      case SLIDES ->
          "slides with %s: %s of %s used again"
              .formatted(why.loop(), SignificantDigits.count(kept), Move.words(words));
      case MOVES -> "moves with " + why.loop();
      case RETURNS -> "returns to its start as " + why.loop() + " advances";
    };
  }
}
