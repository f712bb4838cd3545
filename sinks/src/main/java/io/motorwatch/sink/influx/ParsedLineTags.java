package io.motorwatch.sink.influx;

import java.util.HashMap;
import java.util.Map;

/** Measurement and tags read back from a line of our own encoder. */
record ParsedLineTags(String measurement, Map<String, String> tags) {

  static ParsedLineTags of(String line) {
    Map<String, String> tags = new HashMap<>();
    StringBuilder part = new StringBuilder();
    String measurement = "";
    String name = "";
    boolean first = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && ",= ".indexOf(line.charAt(i + 1)) >= 0) {
        part.append(line.charAt(++i));
      } else if (c == '=' && !first) {
        name = part.toString();
        part.setLength(0);
      } else if (c == ',' || c == ' ') {
        if (first) {
          measurement = part.toString();
          first = false;
        } else {
          tags.put(name, part.toString());
        }
        part.setLength(0);
        if (c == ' ') {
          break;
        }
      } else {
        part.append(c);
      }
    }
    return new ParsedLineTags(measurement, tags);
  }

  String get(String tag, String otherwise) {
    return tags.getOrDefault(tag, otherwise);
  }
}
