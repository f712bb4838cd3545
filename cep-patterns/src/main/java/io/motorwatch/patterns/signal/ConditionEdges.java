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
  public static final class Indexes {
    private int[] indexes = new int[8];
    private int size;

    void add(int index) {
      if (size == indexes.length) {
        indexes = Arrays.copyOf(indexes, 2 * size);
      }
      indexes[size++] = index;
    }

    public int size() {
      return size;
    }

    public int get(int i) {
      return indexes[i];
    }
  }

  private final Indexes ends = new Indexes();
  private final Indexes begins = new Indexes();
  private final Indexes held = new Indexes();
  private final Indexes endsByAlarm = new Indexes();
  private final Indexes beginsByAlarm = new Indexes();
  private long[] heldMs = new long[8];

  public void clear() {
    ends.size = 0;
    begins.size = 0;
    held.size = 0;
    endsByAlarm.size = 0;
    beginsByAlarm.size = 0;
  }

  public boolean isEmpty() {
    return ends.size + begins.size + held.size + endsByAlarm.size + beginsByAlarm.size == 0;
  }

  void addHeld(int index, long durationMs) {
    if (held.size == heldMs.length) {
      heldMs = Arrays.copyOf(heldMs, 2 * heldMs.length);
    }
    heldMs[held.size] = durationMs;
    held.add(index);
  }

  public Indexes ends() {
    return ends;
  }

  public Indexes begins() {
    return begins;
  }

  /** Conditions that have now been true for a duration that a pattern waits for. */
  public Indexes held() {
    return held;
  }

  /** The duration of the i-th of {@link #held}, milliseconds. */
  public long heldMs(int i) {
    return heldMs[i];
  }

  public Indexes endsByAlarm() {
    return endsByAlarm;
  }

  public Indexes beginsByAlarm() {
    return beginsByAlarm;
  }
}
