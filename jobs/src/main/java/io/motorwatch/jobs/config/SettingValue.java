package io.motorwatch.jobs.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a key is set to, before its reader says whether it takes one value or a list: only the
 * reader knows that {@code [a,b]} is two topics but one password. Immutable.
 */
sealed interface SettingValue {

  /** The one value; nothing where a list is given. */
  Optional<String> one();

  /** The values for a key that takes a list; a single value is a list of one. */
  List<String> list();

  /** A single value of the file. */
  record Single(String text) implements SettingValue {
    @Override
    public Optional<String> one() {
      return Optional.of(text);
    }

    @Override
    public List<String> list() {
      return List.of(text);
    }
  }

  /** A list of the file. */
  record Several(List<String> texts) implements SettingValue {
    @Override
    public Optional<String> one() {
      return Optional.empty();
    }

    @Override
    public List<String> list() {
      return texts;
    }
  }

  /**
   * Text of the environment or the command line, where a list looks like a single value that
   * happens to be in brackets.
   */
  record Typed(String text) implements SettingValue {
    @Override
    public Optional<String> one() {
      return Optional.of(text);
    }

    /** {@code [a, b]} is a list as in the file. */
    @Override
    public List<String> list() {
      if (!text.startsWith("[") || !text.endsWith("]")) {
        return List.of(text);
      }
      return Stream.of(text.substring(1, text.length() - 1).split(",", -1))
          .map(String::trim)
          .map(item -> item.replaceAll("^[\"']|[\"']$", ""))
          .filter(item -> !item.isEmpty())
          .toList();
    }
  }
}
