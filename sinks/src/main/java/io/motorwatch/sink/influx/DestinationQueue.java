package io.motorwatch.sink.influx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of one destination on their way, oldest first. One request at a time: a point written
 * twice (a corrected window) must end with its later value, so requests of one destination never
 * overtake each other, not even when one is repeated.
 */
final class DestinationQueue {

  private final LineBatchBuilder open;
  private final Deque<LineBatch> sealed = new ArrayDeque<>();
  private @Nullable LineBatch underWay;

  DestinationQueue(Destination destination) {
    open = new LineBatchBuilder(destination);
  }

  LineBatchBuilder open() {
    return open;
  }

  /** Makes the open batch ready to be sent. */
  void seal() {
    if (!open.isEmpty()) {
      sealed.addLast(open.take());
    }
  }

  void addRestored(LineBatch lines) {
    sealed.addLast(lines);
  }

  boolean idle() {
    return underWay == null;
  }

  boolean sendable() {
    return idle() && !sealed.isEmpty();
  }

  /** Whether a batch waits that is complete; then the open one need not be hurried. */
  boolean hasSealed() {
    return !sealed.isEmpty();
  }

  LineBatch startNext() {
    underWay = sealed.removeFirst();
    return underWay;
  }

  /** The request's end: its lines are the caller's now. */
  LineBatch finish() {
    LineBatch lines = underWay;
    if (lines == null) {
      throw new IllegalStateException("no request under way");
    }
    underWay = null;
    return lines;
  }

  /** Puts lines back to where they were: before all others of the destination. */
  void putBack(LineBatch lines) {
    sealed.addFirst(lines);
  }

  /** Everything not acknowledged, in order. */
  void copyTo(List<LineBatch> state) {
    if (underWay != null) {
      state.add(underWay);
    }
    state.addAll(sealed);
    if (!open.isEmpty()) {
      state.add(open.copy());
    }
  }
}
