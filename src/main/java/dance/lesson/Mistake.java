package dance.lesson;

/**
 * A usual mistake, by its name and the number that it leads to.
 *
 * @param name such as {@code words, not bytes}
 * @param value what who makes it answers
 * @param advice where to look, in a sentence
 */
record Mistake(String name, double value, String advice) {}
