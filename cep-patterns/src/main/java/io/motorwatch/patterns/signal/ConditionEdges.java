package io.motorwatch.patterns.signal;

import java.util.Arrays;

/**
 * What changes in a device's conditions with one reading, in the order in which it counts:
 * conditions that end (by becoming false or by a gap), conditions that begin, durations reached;
 * then, once alarms have been raised and cleared with the same reading, the conditions that end and
 * begin by these. Edges of the same group are simultaneous. Reused for each reading; for one
 * thread.
 */
public final class ConditionEdges {

  /** Indexes of conditions, possibly none. */
  public static final class Nodes {
    private int[] nodes = new int[8];
    private int size;

    void add(int node) {
      if (size == nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * size);
      }
      nodes[size++] = node;
    }

    public int size() {
      return size;
    }

    public int get(int i) {
      return nodes[i];
    }
  }

  private final Nodes ends = new Nodes();
  private final Nodes begins = new Nodes();
  private final Nodes held = new Nodes();
  private final Nodes lateEnds = new Nodes();
  private final Nodes lateBegins = new Nodes();
  private long[] heldMs = new long[8];

  public void clear() {
    ends.size = 0;
    begins.size = 0;
    held.size = 0;
    lateEnds.size = 0;
    lateBegins.size = 0;
  }

  public boolean isEmpty() {
    return ends.size + begins.size + held.size + lateEnds.size + lateBegins.size == 0;
  }

  void addHeld(int node, long durationMs) {
    if (held.size == heldMs.length) {
      heldMs = Arrays.copyOf(heldMs, 2 * heldMs.length);
    }
    heldMs[held.size] = durationMs;
    held.add(node);
  }

  public Nodes ends() {
    return ends;
  }

  public Nodes begins() {
    return begins;
  }

  /** Conditions that have now been true for a duration that a pattern waits for. */
  public Nodes held() {
    return held;
  }

  /** The duration of the i-th of {@link #held}, milliseconds. */
  public long heldMs(int i) {
    return heldMs[i];
  }

  public Nodes lateEnds() {
    return lateEnds;
  }

  public Nodes lateBegins() {
    return lateBegins;
  }
}
