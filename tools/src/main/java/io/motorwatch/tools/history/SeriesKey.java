package io.motorwatch.tools.history;

import java.util.HashMap;
import java.util.Map;

/**
 * A series as InfluxDB writes its key: {@code telemetry,device=m1,site=plant}, with a backslash
 * before commas, blanks and equals signs.
 */
final class SeriesKey {

  private final Map<String, String> tags = new HashMap<>();

  private SeriesKey() {}

  static SeriesKey parse(String text) {
    SeriesKey key = new SeriesKey();
    StringBuilder part = new StringBuilder();
    String name = "";
    boolean inName = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter == '\\' && i + 1 < text.length() && ", =".indexOf(text.charAt(i + 1)) >= 0) {
        part.append(text.charAt(++i));
      } else if (letter == ',') {
        if (!inName) {
          key.tags.put(name, part.toString());
        }
        part.setLength(0);
        inName = true;
      } else if (letter == '=' && inName) {
        name = part.toString();
        part.setLength(0);
        inName = false;
      } else {
        part.append(letter);
      }
    }
    if (!inName) {
      key.tags.put(name, part.toString());
    }
    return key;
  }

  /** The value of a tag; empty where there is none. */
  String tag(String name) {
    return tags.getOrDefault(name, "");
  }
}
