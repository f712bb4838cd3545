package io.motorwatch.tools.command;

/** Numbers of things as people write them. */
final class Plural {

  private Plural() {}

  /** {@code 1 alarm}, {@code 2 alarms}. */
  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
