package dance.interchange;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML document within limits that hand-written files never reach. */
final class YamlFile {
  /** Largest file, in bytes. */
  static final int MAX_BYTES = 4 << 20;

  /** Deepest nesting. */
  static final int MAX_DEPTH = 100;

  /** Number of nodes after expansion of aliases. */
  static final long MAX_NODES = 1_000_000;

  private static final int MAX_ALIASES = 1000;

  private YamlFile() {}

  /**
   * The root of the document.
   *
   * @throws IllegalArgumentException with one message if the file cannot be read as YAML
   */
  static YamlNode read(Path file, Problems problems) {
    return read(List.of(file), problems);
  }

  /** The root of several documents as one: mappings are united, lists are joined. */
  static YamlNode read(List<Path> files, Problems problems) {
    Node all = null;
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      Node root = merged(name, JinjaText.filled(file, text(file)), problems);
      all = all == null ? root : joined(all, root, "", problems);
    }
    String name = String.valueOf(files.get(0).getFileName());
    return new YamlNode(Variables.resolved(all), name, "", problems);
  }

  private static Node joined(Node first, Node second, String path, Problems problems) {
    if (first instanceof SequenceNode one && second instanceof SequenceNode other) {
      List<Node> items = new ArrayList<>(one.getValue());
      items.addAll(other.getValue());
      return new SequenceNode(
          one.getTag(), true, items, one.getFlowStyle(), one.getStartMark(), one.getEndMark());
    }
    if (!(first instanceof MappingNode one && second instanceof MappingNode other)) {
      boolean same =
          first instanceof ScalarNode a
              && second instanceof ScalarNode b
              && (a.getValue().equals(b.getValue()) || path.endsWith("version"));
      if (!same) {
        new YamlNode(second, "", path, problems)
            .problem("is also given in " + new YamlNode(first, "", path, problems).at());
      }
      return first;
    }
    List<NodeTuple> entries = new ArrayList<>(one.getValue());
    for (NodeTuple tuple : other.getValue()) {
      String key = key(tuple);
      int at = entries.stream().map(YamlFile::key).toList().indexOf(key);
      if (at < 0) {
        entries.add(tuple);
      } else {
        NodeTuple there = entries.get(at);
        String inside = path.isEmpty() ? key : path + "." + key;
        Node both = joined(there.getValueNode(), tuple.getValueNode(), inside, problems);
        entries.set(at, new NodeTuple(there.getKeyNode(), both));
      }
    }
    return MergeKeys.withEntries(one, entries);
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key ? YamlNode.normal(key.getValue()) : "";
  }

  /**
   * The root of a document that is given as text.
   *
   * @param name of the file, for messages
   * @throws IllegalArgumentException with one message if the text cannot be read as YAML
   */
  static YamlNode parse(String name, String text, Problems problems) {
    return new YamlNode(Variables.resolved(merged(name, text, problems)), name, "", problems);
  }

  /** The root with its merge keys replaced. */
  private static Node merged(String name, String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(MAX_BYTES)
            .build();
    try {
      // The composer recurses into nested nodes: the depth is checked on the flat event stream.
      checkDepth(name, new Parse(settings).parseString(text).iterator());
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        throw new IllegalArgumentException(name + " is empty: a YAML document was expected");
      }
      Node root = documents.next();
      if (documents.hasNext()) {
        throw new IllegalArgumentException(
            name
                + ":"
                + line(documents.next())
                + ": a second YAML document starts here: one was expected");
      }
      expandedNodes(name, root, new IdentityHashMap<>(), problems);
      try {
        return MergeKeys.merged(root);
      } catch (IllegalArgumentException invalid) {
        throw new IllegalArgumentException(name + ": " + invalid.getMessage(), invalid);
      }
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new IllegalArgumentException(
          name + ":" + line + ": malformed YAML: " + malformed.getProblem(), malformed);
    } catch (YamlEngineException malformed) {
      throw new IllegalArgumentException(
          name + ": malformed YAML: " + firstLine(malformed.getMessage()), malformed);
    }
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a directory: a YAML file was expected");
    }
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + " does not exist");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(
            file + " has " + Files.size(file) + " bytes: at most " + MAX_BYTES + " are read");
      }
      return Files.readString(file);
    } catch (MalformedInputException binary) {
      throw new IllegalArgumentException(file + " is not text in UTF-8", binary);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void checkDepth(String name, Iterator<Event> events) {
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        throw new IllegalArgumentException(
            name + ":" + line + ": nested more than " + MAX_DEPTH + " levels deep");
      }
    }
  }

  /** Nodes under this one with aliases expanded; a node that contains itself is rejected. */
  private static long expandedNodes(
      String name, Node node, Map<Node, Long> sizes, Problems problems) {
    Long known = sizes.get(node);
    if (known != null) {
      if (known < 0) {
        throw new IllegalArgumentException(
            name + ":" + line(node) + ": an alias is inside of its own anchor");
      }
      return known;
    }
    sizes.put(node, -1L);
    long size = 1;
    Iterable<NodeTuple> tuples =
        node instanceof MappingNode mapping ? mapping.getValue() : Collections.emptyList();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : tuples) {
      if (tuple.getKeyNode() instanceof ScalarNode key) {
        Integer first = lines.putIfAbsent(YamlNode.normal(key.getValue()), line(key));
        if (first != null) {
          problems.add(
              name
                  + ":"
                  + line(key)
                  + ": "
                  + key.getValue()
                  + ": duplicate key, first given in line "
                  + first);
        }
      }
      size += expandedNodes(name, tuple.getKeyNode(), sizes, problems);
      size += expandedNodes(name, tuple.getValueNode(), sizes, problems);
    }
    Iterable<Node> items =
        node instanceof SequenceNode sequence ? sequence.getValue() : Collections.emptyList();
    for (Node item : items) {
      size += expandedNodes(name, item, sizes, problems);
    }
    if (size > MAX_NODES) {
      throw new IllegalArgumentException(
          name + ":" + line(node) + ": aliases expand to more than " + MAX_NODES + " nodes");
    }
    sizes.put(node, size);
    return size;
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static String firstLine(String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
