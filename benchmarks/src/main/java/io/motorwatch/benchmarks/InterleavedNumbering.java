package io.motorwatch.benchmarks;

import java.io.Serializable;

/**
 * Flink gives each subtask of a source a range of numbers of its own. Taken as they are, one would
 * send the first half of the time and another the second. Here they take turns, so that all are at
 * about the same time, and a device whose number leaves the same rest is always with the same one.
 *
 * @param each how many numbers each subtask has
 * @param subtasks how many there are
 */
record InterleavedNumbering(long each, int subtasks) implements Serializable {

  /** Of at most so many numbers in all. */
  static InterleavedNumbering of(long all, int subtasks) {
    return new InterleavedNumbering(all / subtasks, subtasks);
  }

  /** How many numbers there are. */
  long all() {
    return each * subtasks;
  }

  /** The place in the common order. */
  long place(long number) {
    return number % each * subtasks + number / each;
  }
}
