package dance.report;

import java.util.Map;

/**
 * A figure by its parts, such as energy by level: an object in JSON, a column for each part
 * elsewhere.
 *
 * @param prefix of the keys of those columns in CSV, before a dot
 * @param values by the name of the part
 */
public record Parts(String prefix, Map<String, ?> values) {}
