package io.motorwatch.patterns.signal;

/** Which alarms of a device are open. */
public interface OpenAlarmLookup {
  boolean isOpen(String pattern);

  /** Whether any is, so that nothing need be looked up for a healthy device. */
  boolean anyOpen();
}
