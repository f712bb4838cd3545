package io.motorwatch.tools.cluster;

/** The line of a stack trace that says what was wrong. */
final class RootCause {

  private static final String CAUSE = "Caused by: ";

  private RootCause() {}

  /** The message of the innermost cause; its class where it has none. */
  static String of(String stackTrace) {
    String innermost = "";
    for (String line : stackTrace.lines().toList()) {
      if (innermost.isEmpty() && !line.isBlank()) {
        innermost = line;
      } else if (line.startsWith(CAUSE)) {
        innermost = line.substring(CAUSE.length());
      }
    }
    int colon = innermost.indexOf(": ");
    boolean named = colon > 0 && innermost.substring(0, colon).matches("[\\w.$]+");
    return named ? innermost.substring(colon + 2) : innermost;
  }
}
