package io.motorwatch.sink.influx;

import java.io.IOException;

/** We spoke plain HTTP to somebody who wants TLS. */
final class TlsExpectedException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsExpectedException() {
    super("the port speaks TLS: write https:// in influx.url");
  }
}
