package io.motorwatch.sink.influx;

import java.io.IOException;

/** InfluxDB cannot be used; the message is one line for a person: the address and what to check. */
public final class InfluxUnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean worthRetrying;

  InfluxUnreachableException(String message, boolean worthRetrying, Throwable cause) {
    super(message, cause);
    this.worthRetrying = worthRetrying;
  }

  InfluxUnreachableException(String message, boolean worthRetrying) {
    super(message);
    this.worthRetrying = worthRetrying;
  }

  /** Whether waiting can help: the server may be starting; a wrong password stays wrong. */
  public boolean worthRetrying() {
    return worthRetrying;
  }
}
