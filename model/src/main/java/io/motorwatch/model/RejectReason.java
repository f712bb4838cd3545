package io.motorwatch.model;

/** Why a message was refused; the codes are public (InfluxDB tag {@code reason}). */
public enum RejectReason {
  MALFORMED("malformed"),
  NO_TIMESTAMP("no-timestamp"),
  NO_FIELDS("no-fields"),
  /** A value that a pattern in force needs could not be read; the rest of the message was taken. */
  UNUSABLE_VALUE("unusable-value"),
  FUTURE("future"),
  STALE("stale"),
  DUPLICATE("duplicate"),
  REPLAYED("replayed"),
  SIGNATURE("signature"),
  DEVICE_MISMATCH("device-mismatch"),
  TOO_LARGE("too-large"),
  UNKNOWN_TOPIC("unknown-topic"),
  /** A pattern file published over MQTT was not taken. */
  PATTERNS_REFUSED("patterns-refused"),
  /** Somebody acknowledged or shelved what there is not. */
  UNKNOWN_ALARM("unknown-alarm"),
  /** The database refused the point; the detail is its answer. */
  REFUSED_BY_DATABASE("refused-by-database");

  private final String code;

  RejectReason(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
