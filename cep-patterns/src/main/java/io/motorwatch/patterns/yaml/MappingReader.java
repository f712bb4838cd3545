package io.motorwatch.patterns.yaml;

import io.motorwatch.model.Durations;
import io.motorwatch.patterns.yaml.YamlNode.Mapping;
import io.motorwatch.patterns.yaml.YamlNode.Scalar;
import io.motorwatch.patterns.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapping key by key, and reports every fault with its place instead of stopping at the
 * first. {@link #finish()} reports the keys that nothing has read.
 */
public final class MappingReader {

  private final Map<String, YamlNode> entries = new LinkedHashMap<>();
  private final Map<String, Position> keys = new LinkedHashMap<>();
  private final Set<String> read = new LinkedHashSet<>();
  private final Position position;
  private final Collection<Problem> problems;

  private MappingReader(Position position, Collection<Problem> problems) {
    this.position = position;
    this.problems = problems;
  }

  /** A reader of the node; without entries, and with a problem reported, if it is no mapping. */
  public static MappingReader of(YamlNode node, String what, Collection<Problem> problems) {
    MappingReader fields = new MappingReader(node.position(), problems);
    if (node instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, value) -> {
                fields.entries.put(key.text(), value);
                fields.keys.put(key.text(), key.position());
              });
    } else if (!(node instanceof Scalar scalar && scalar.isNull())) {
      problems.add(new Problem(node.position(), what + " must be a mapping, not " + node.kind()));
    }
    return fields;
  }

  public Position position() {
    return position;
  }

  public Position positionOf(String key) {
    YamlNode value = entries.get(key);
    return value == null ? position : value.position();
  }

  public boolean has(String key) {
    YamlNode value = entries.get(key);
    return value != null && !(value instanceof Scalar scalar && scalar.isNull());
  }

  /** All entries, which count as read: for mappings whose keys are names. */
  public Map<String, YamlNode> named() {
    read.addAll(entries.keySet());
    return new LinkedHashMap<>(entries);
  }

  public Position keyPosition(String key) {
    return keys.getOrDefault(key, position);
  }

  public @Nullable YamlNode node(String key) {
    read.add(key);
    return has(key) ? entries.get(key) : null;
  }

  public Optional<Scalar> scalar(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof Scalar scalar) {
      return Optional.of(scalar);
    }
    problem(node.position(), key + " must be a single value, not " + node.kind());
    return Optional.empty();
  }

  public Optional<String> text(String key) {
    return scalar(key).map(Scalar::text);
  }

  public OptionalDouble number(String key) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = scalar.get().number();
    if (number.isEmpty()) {
      problem(
          scalar.get().position(), key + " must be a number, not '" + scalar.get().text() + "'");
    }
    return number;
  }

  /** A whole number within the bounds, both included. */
  public OptionalLong whole(String key, long least, long most) {
    OptionalDouble number = number(key);
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    double value = number.getAsDouble();
    if (value != Math.rint(value) || value < least || value > most) {
      problem(positionOf(key), key + " must be a whole number from " + least + " to " + most);
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) value);
  }

  /** Milliseconds of a duration of at least {@code least} milliseconds. */
  public OptionalLong duration(String key, long least) {
    Optional<Scalar> scalar = scalar(key);
    return scalar.isEmpty() ? OptionalLong.empty() : millis(key, scalar.get(), least);
  }

  /**
   * Milliseconds of each of a list of durations of at least {@code least} milliseconds; a single
   * duration counts as a list of one.
   */
  public List<Long> durations(String key, long least) {
    List<Long> durations = new ArrayList<>();
    for (Scalar each : scalars(key)) {
      millis(key, each, least).ifPresent(durations::add);
    }
    return durations;
  }

  private OptionalLong millis(String key, Scalar scalar, long least) {
    OptionalLong millis = Durations.parseMillis(scalar.text());
    if (millis.isEmpty()) {
      problem(
          scalar.position(),
          key
              + " must be a duration such as 500ms, 30s, 15m, 24h or 30d, of at most 36500d, not '"
              + scalar.text()
              + "'");
    } else if (millis.getAsLong() < least) {
      problem(
          scalar.position(),
          key
              + " must be "
              + (least <= 1 ? "longer than 0" : "at least " + Durations.format(least)));
      return OptionalLong.empty();
    }
    return millis;
  }

  public Optional<Boolean> flag(String key) {
    Optional<Scalar> scalar = scalar(key);
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    switch (scalar.get().text()) {
      case "true" -> {
        return Optional.of(true);
      }
      case "false" -> {
        return Optional.of(false);
      }
      default -> {
        problem(
            scalar.get().position(),
            key + " must be true or false, not '" + scalar.get().text() + "'");
        return Optional.empty();
      }
    }
  }

  /** A list of single values; a single value counts as a list of one. */
  public List<Scalar> scalars(String key) {
    YamlNode node = node(key);
    List<Scalar> items = new ArrayList<>();
    if (node instanceof Scalar scalar) {
      items.add(scalar);
    } else if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        if (item instanceof Scalar scalar) {
          items.add(scalar);
        } else {
          problem(item.position(), key + " must list single values, not " + item.kind());
        }
      }
    } else if (node != null) {
      problem(node.position(), key + " must be a list, not " + node.kind());
    }
    return items;
  }

  public List<YamlNode> list(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    problem(node.position(), key + " must be a list, not " + node.kind());
    return List.of();
  }

  public void problem(Position at, String message) {
    problems.add(new Problem(at, message));
  }

  /** Reports every key that nothing has read. */
  public void finish() {
    for (String key : entries.keySet()) {
      if (!read.contains(key)) {
        problem(
            keyPosition(key),
            "unknown key '"
                + key
                + "'"
                + Suggestion.among(read, key)
                + "; known: "
                + String.join(", ", read));
      }
    }
  }
}
