package io.motorwatch.patterns.signal;

/** Which {@link Node} a condition is. */
enum NodeKind {
  SIGNAL,
  NOT,
  ALL,
  ANY,
  MOTOR,
  SILENT,
  ALARM
}
