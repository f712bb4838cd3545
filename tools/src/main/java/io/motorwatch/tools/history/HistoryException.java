package io.motorwatch.tools.history;

/** A history that cannot be read; the message is one line that says what and where. */
public final class HistoryException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Whose fault it is. */
  public enum Kind {
    /** What was asked for is wrong: a file, a column, a database. */
    WRONG_INPUT,
    /** It was begun and broke off. */
    BROKE_OFF
  }

  private final Kind kind;

  public HistoryException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public HistoryException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
