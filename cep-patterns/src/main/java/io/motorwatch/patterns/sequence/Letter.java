package io.motorwatch.patterns.sequence;

/** What in the course of a device is a letter of a pattern's own alphabet: a bit of a long. */
sealed interface Letter {

  /** A condition becomes true. */
  record Begin(int node) implements Letter {}

  /** A condition stops holding, by becoming false or by a gap. */
  record End(int node) implements Letter {}

  /** A condition has held for a duration, milliseconds. */
  record Held(int node, long durationMs) implements Letter {}

  /** Another pattern's alarm is raised. */
  record Raised(String pattern) implements Letter {}
}
