package io.motorwatch.source.decode;

import io.motorwatch.model.FieldLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal lists of field names one {@link FieldLayout} instance, by walking a tree name by
 * name: no list is built or compared for a layout seen before. For one thread.
 */
final class LayoutCache {

  /** Over this many nodes it starts again, so that devices with invented names cannot fill it. */
  static final int LIMIT = 20_000;

  private Node root = new Node(null, "");
  private int nodes;

  /** The beginning of a list of names. */
  Node start() {
    if (nodes > LIMIT) {
      root = new Node(null, "");
      nodes = 0;
    }
    return root;
  }

  /** The list of a node's names and one more, or null if it has that name already. */
  @Nullable Node append(Node node, String name) {
    Node child = node.children.get(name);
    if (child == null) {
      if (node.has(name)) {
        return null;
      }
      child = new Node(node, name);
      node.children.put(name, child);
      nodes++;
    }
    return child;
  }

  /** A list of names. */
  static final class Node {

    private final @Nullable Node parent;
    private final String name;
    private final Map<String, Node> children = new HashMap<>(4);
    private @Nullable FieldLayout layout;

    private Node(@Nullable Node parent, String name) {
      this.parent = parent;
      this.name = name;
    }

    private boolean has(String wanted) {
      for (Node node = this; node.parent != null; node = node.parent) {
        if (node.name.equals(wanted)) {
          return true;
        }
      }
      return false;
    }

    /** The names as a layout: for one list of names always the same instance. */
    FieldLayout layout() {
      if (layout == null) {
        List<String> names = new ArrayList<>();
        for (Node node = this; node.parent != null; node = node.parent) {
          names.add(node.name);
        }
        Collections.reverse(names);
        layout = FieldLayout.of(names);
      }
      return layout;
    }
  }
}
