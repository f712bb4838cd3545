package io.motorwatch.mqtt;

import java.nio.charset.StandardCharsets;

/** The rules of MQTT topic filters (OASIS MQTT 5.0, 4.7). */
public final class TopicFilters {

  private static final int MAX_BYTES = 65_535;

  private TopicFilters() {}

  /**
   * Checks a filter.
   *
   * @throws IllegalArgumentException with a sentence for a person
   */
  public static void check(String filter) {
    require(!filter.isEmpty(), filter, "it is empty");
    require(filter.indexOf('\0') < 0, filter, "it has a null character");
    require(
        filter.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
        filter,
        "it is longer than 65535 bytes");
    String[] levels = filter.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      require(
          !level.contains("#") || (level.equals("#") && i == levels.length - 1),
          filter,
          "# must be its whole last level");
      require(!level.contains("+") || level.equals("+"), filter, "+ must be the whole of a level");
    }
  }

  /** Whether a filter, not a shared one, covers a topic. */
  public static boolean matches(String filter, String topic) {
    int f = 0;
    int t = 0;
    while (f < filter.length()) {
      char c = filter.charAt(f);
      if (c == '#') {
        return true;
      } else if (c == '+') {
        int end = topic.indexOf('/', t);
        t = end < 0 ? topic.length() : end;
        f++;
      } else if (t < topic.length() && c == topic.charAt(t)) {
        f++;
        t++;
      } else {
        // a/# covers a itself too.
        return t == topic.length() && filter.startsWith("/#", f);
      }
    }
    return t == topic.length();
  }

  private static void require(boolean condition, String filter, String why) {
    if (!condition) {
      throw new IllegalArgumentException("'" + filter + "' is no MQTT topic filter: " + why);
    }
  }
}
