package io.motorwatch.patterns.signal;

/** Tells conditions which alarms of a device are open. */
public interface OpenAlarmLookup {
  boolean isOpen(String pattern);

  /** Whether any is open: where none is, no pattern needs to be looked up. */
  boolean anyOpen();
}
