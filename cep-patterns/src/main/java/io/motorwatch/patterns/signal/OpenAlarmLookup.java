package io.motorwatch.patterns.signal;

/** Says which alarms of a device are open, for conditions. */
public interface OpenAlarmLookup {
  boolean isOpen(String pattern);

  /** Whether any is open: where none is, no pattern needs to be looked up. */
  boolean anyOpen();
}
