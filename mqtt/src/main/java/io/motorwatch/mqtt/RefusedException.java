package io.motorwatch.mqtt;

import java.io.IOException;

/** The broker answered with a reason code that says no. */
public final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What was refused. */
  public enum What {
    CONNECTION,
    SUBSCRIPTION,
    /** The broker ended a connection that stood. */
    CONTINUATION
  }

  private final What what;
  private final int code;

  public RefusedException(What what, int code) {
    super("reason code 0x%02x".formatted(code));
    this.what = what;
    this.code = code;
  }

  public What what() {
    return what;
  }

  /** MQTT 5's reason code, 0 to 255. */
  public int code() {
    return code;
  }
}
