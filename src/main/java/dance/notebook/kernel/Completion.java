package dance.notebook.kernel;

import java.util.List;

/**
 * Texts of which each may stand in the place of a part of the code.
 *
 * @param texts best first
 * @param start of the part
 * @param end of the part
 */
public record Completion(List<String> texts, int start, int end) {}
