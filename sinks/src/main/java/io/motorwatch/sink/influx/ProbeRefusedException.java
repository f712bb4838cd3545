package io.motorwatch.sink.influx;

import java.io.IOException;

/** A question that comes before all writing, such as who the server is, was not answered. */
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
