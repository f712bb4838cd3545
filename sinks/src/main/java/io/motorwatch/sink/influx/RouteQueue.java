package io.motorwatch.sink.influx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The points of one route on their way, oldest first. One request at a time: a point written twice
 * (a corrected window) must end with its later value, so requests of one route never overtake each
 * other, not even when one is repeated.
 */
final class RouteQueue {

  private final OpenBatch open;
  private final Deque<Lines> sealed = new ArrayDeque<>();
  private @Nullable Lines underWay;

  RouteQueue(Route route) {
    open = new OpenBatch(route);
  }

  OpenBatch open() {
    return open;
  }

  /** Makes the open batch ready to be sent. */
  void seal() {
    if (!open.isEmpty()) {
      sealed.addLast(open.take());
    }
  }

  void addRestored(Lines lines) {
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

  Lines startNext() {
    underWay = sealed.removeFirst();
    return underWay;
  }

  /** The request's end: its lines are the caller's now. */
  Lines finish() {
    Lines lines = underWay;
    if (lines == null) {
      throw new IllegalStateException("no request under way");
    }
    underWay = null;
    return lines;
  }

  /** Puts lines back to where they were: before all others of the route. */
  void putBack(Lines lines) {
    sealed.addFirst(lines);
  }

  /** Everything not acknowledged, in order. */
  void copyTo(List<Lines> state) {
    if (underWay != null) {
      state.add(underWay);
    }
    state.addAll(sealed);
    if (!open.isEmpty()) {
      state.add(open.copy());
    }
  }
}
