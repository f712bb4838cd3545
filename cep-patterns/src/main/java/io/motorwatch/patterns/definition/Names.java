package io.motorwatch.patterns.definition;

import io.motorwatch.patterns.yaml.Position;
import io.motorwatch.patterns.yaml.Problem;
import java.util.Collection;
import java.util.regex.Pattern;

/** Names of signals and patterns: they become InfluxDB tags and MQTT topic levels. */
final class Names {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private Names() {}

  static void check(String name, Position position, Collection<Problem> problems) {
    if (!FORM.matcher(name).matches()) {
      problems.add(
          new Problem(
              position,
              "'" + name + "' is no name: letters, digits, '_', '-' and '.', at most 100 of them"));
    }
  }
}
