package dance.report;

import java.util.Map;

/**
 * A quantity by its parts, such as energy by level: an object in JSON, one column per part
 * elsewhere.
 *
 * @param prefix of the keys of those columns in CSV, before a dot
 * @param values by the name of the part
 */
public record Parts(String prefix, Map<String, ?> values) {}
