package io.motorwatch.sink;

/** How much a sink can still take. */
public enum BackPressureLevel {
  /** Goes on at full speed. */
  FREE,
  /** Goes on slowly, so that checkpoint barriers still come through while the outside is away. */
  SCARCE,
  /** Waits. */
  NONE
}
