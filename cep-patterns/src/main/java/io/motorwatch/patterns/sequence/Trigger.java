package io.motorwatch.patterns.sequence;

import io.motorwatch.patterns.signal.Edge;
import java.util.Set;

/** What in the course of a device makes a letter of a pattern's alphabet. */
sealed interface Trigger {

  /** An edge of a condition, of one of several kinds. */
  record OfEdge(int node, Set<Edge.Kind> kinds, long heldMs) implements Trigger {
    boolean matches(Edge edge) {
      return edge.node() == node
          && kinds.contains(edge.kind())
          && (edge.kind() != Edge.Kind.HELD || edge.heldMs() == heldMs);
    }
  }

  /** Another pattern's alarm being raised. */
  record OfAlarm(String pattern) implements Trigger {}
}
