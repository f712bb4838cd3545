package io.motorwatch.source.mqtt;

/** When a message of QoS 1 or 2 is acknowledged to the broker. */
public enum AckMode {
  /** Once a completed checkpoint holds its effect: nothing is lost, some arrive twice. */
  CHECKPOINT,
  /**
   * Once it is durable in the session's journal, from which the job reads it again after a failure:
   * nothing is lost, and neither the broker's window nor the checkpoint interval bounds the rate.
   */
  JOURNAL,
  /** As soon as it is read: a failure loses what was under way (at most once). */
  ON_RECEIVE
}
