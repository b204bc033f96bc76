package dance.notebook.kernel;

import java.util.List;

/**
 * Candidate replacements of a range of the code.
 *
 * @param texts best first
 * @param start of the range
 * @param end of the range
 */
public record Suggestions(List<String> texts, int start, int end) {}
