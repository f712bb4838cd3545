package io.motorwatch.patterns.signal;

import java.util.Locale;

/** Which {@link ConditionNode} a condition is. */
enum NodeKind {
  SIGNAL,
  NOT,
  ALL,
  ANY,
  MOTOR,
  SILENT,
  ALARM;

  /** In the ids of conditions, fixed for ever. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
