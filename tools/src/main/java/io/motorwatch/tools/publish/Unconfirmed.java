package io.motorwatch.tools.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The messages that may have to go out again, in their order: all from the first one the broker has
 * not answered yet, those behind it that it has answered included. Not thread-safe.
 */
final class Unconfirmed<T> {

  /** A message the broker has not answered yet, or that waits for the answer to one before it. */
  static final class Pending<T> {
    private final T value;
    private boolean settled;

    private Pending(T value) {
      this.value = value;
    }

    T value() {
      return value;
    }
  }

  private final Deque<Pending<T>> queue = new ArrayDeque<>();
  private long confirmed;
  private long refused;

  Pending<T> add(T value) {
    Pending<T> pending = new Pending<>(value);
    queue.add(pending);
    return pending;
  }

  /** The broker has it. A later answer does not count. */
  void confirm(Pending<T> pending) {
    if (settle(pending)) {
      confirmed++;
    }
  }

  /** The broker does not want it, nor will it later. A later answer does not count. */
  void refuse(Pending<T> pending) {
    if (settle(pending)) {
      refused++;
    }
  }

  private boolean settle(Pending<T> pending) {
    if (pending.settled) {
      return false;
    }
    pending.settled = true;
    for (Pending<T> first = queue.peek(); first != null && first.settled; first = queue.peek()) {
      queue.remove();
    }
    return true;
  }

  /** A copy, since a confirmation may come while it is gone through. */
  List<Pending<T>> all() {
    return new ArrayList<>(queue);
  }

  int size() {
    return queue.size();
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  long confirmed() {
    return confirmed;
  }

  long refused() {
    return refused;
  }
}
