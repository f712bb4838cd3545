package io.motorwatch.source.mqtt;

/** When a message of QoS 1 or 2 is acknowledged to the broker. */
public enum AckMode {
  /** Once a completed checkpoint holds its effect: nothing is lost, some arrive twice. */
  CHECKPOINT,
  /** As soon as it is read: a failure loses what was under way (at most once). */
  ON_RECEIVE
}
