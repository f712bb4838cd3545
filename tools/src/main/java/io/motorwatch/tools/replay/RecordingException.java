package io.motorwatch.tools.replay;

/** A recording that cannot be read as asked; the message is one line that names file and place. */
public final class RecordingException extends Exception {

  private static final long serialVersionUID = 1L;

  RecordingException(String message) {
    super(message);
  }

  RecordingException(String message, Throwable cause) {
    super(message, cause);
  }
}
