package io.motorwatch.sink.influx;

import java.io.IOException;

/** The question who the server is was answered by a refusal, which asking again will not change. */
final class ProbeRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient WriteResponse response;

  ProbeRefusedException(WriteResponse response) {
    super(response.toString());
    this.response = response;
  }

  WriteResponse response() {
    return response;
  }
}
