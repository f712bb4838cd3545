package io.motorwatch.model.connection;

import java.io.IOException;

/** A PEM file is missing or unfit; the message is for a person, and names the file. */
public final class TlsFileException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsFileException(String message) {
    super(message);
  }

  TlsFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
