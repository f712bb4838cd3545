package io.motorwatch.source.decode;

/** As much of what a device sent as a message about it shows. */
final class Excerpt {

  private static final int MOST = 60;

  private Excerpt() {}

  static String of(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
