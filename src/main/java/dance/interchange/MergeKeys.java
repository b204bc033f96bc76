package dance.interchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Merge keys: {@code <<: *anchor} adds the entries of a mapping under keys that are not there (YAML
 * 1.1), of several the first; {@code <<<: *anchor} of Timeloop's files also merges mappings that
 * both have, entry by entry, unless ours is tagged {@code !nomerge}.
 */
final class MergeKeys {
  private static final String SHALLOW = "<<";
  private static final String DEEP = "<<<";

  private MergeKeys() {}

  /** The node with all merge keys below it replaced by what they stand for. */
  static Node merged(Node node) {
    if (node instanceof SequenceNode sequence) {
      List<Node> items = sequence.getValue().stream().map(MergeKeys::merged).toList();
      return new SequenceNode(
          sequence.getTag(),
          true,
          items,
          sequence.getFlowStyle(),
          sequence.getStartMark(),
          sequence.getEndMark());
    }
    return node instanceof MappingNode mapping ? merged(mapping) : node;
  }

  private static Node merged(MappingNode mapping) {
    List<NodeTuple> own = new ArrayList<>();
    List<NodeTuple> merges = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode word ? word.getValue() : "";
      boolean merge = key.equals(SHALLOW) || key.equals(DEEP);
      (merge ? merges : own).add(new NodeTuple(tuple.getKeyNode(), merged(tuple.getValueNode())));
    }
    MappingNode all = withEntries(mapping, own);
    for (NodeTuple merge : merges) {
      boolean deep = ((ScalarNode) merge.getKeyNode()).getValue().equals(DEEP);
      List<Node> others =
          merge.getValueNode() instanceof SequenceNode several
              ? several.getValue()
              : List.of(merge.getValueNode());
      for (Node other : others) {
        if (other instanceof MappingNode entries) {
          all = joined(all, entries, deep);
        } else {
          throw new IllegalArgumentException(
              "line " + YamlFile.line(other) + ": a merge key needs a mapping");
        }
      }
    }
    return all;
  }

  private static MappingNode joined(MappingNode first, MappingNode second, boolean deep) {
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    List<NodeTuple> unnamed = new ArrayList<>();
    for (MappingNode side : List.of(first, second)) {
      for (NodeTuple tuple : side.getValue()) {
        if (!(tuple.getKeyNode() instanceof ScalarNode word)) {
          unnamed.add(tuple);
          continue;
        }
        String key = YamlNode.normal(word.getValue());
        NodeTuple there = entries.get(key);
        if (there == null) {
          entries.put(key, tuple);
        } else if (deep
            && side == second
            && !there.getValueNode().getTag().getValue().equals("!nomerge")
            && there.getValueNode() instanceof MappingNode ours
            && tuple.getValueNode() instanceof MappingNode theirs) {
          entries.put(key, new NodeTuple(there.getKeyNode(), joined(ours, theirs, true)));
        }
      }
    }
    List<NodeTuple> all = new ArrayList<>(entries.values());
    all.addAll(unnamed);
    return withEntries(first, all);
  }

  static MappingNode withEntries(MappingNode like, List<NodeTuple> entries) {
    Tag tag = like.getTag();
    return new MappingNode(
        tag, true, entries, like.getFlowStyle(), like.getStartMark(), like.getEndMark());
  }
}
