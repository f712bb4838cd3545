package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.EpochUnit;
import java.io.IOException;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** The device time of one reading, from its members {@code timestamp} and {@code ts}. */
final class ReadingTime {

  /** Up to it a double holds every whole number; as milliseconds, some 285,000 years. */
  private static final double MAX_EXACT = 0x1p53;

  private static final String MAIN_NAME = "timestamp";

  private long millis;
  private boolean known;
  private boolean knownByMainName;
  private @Nullable String problem;

  void begin() {
    known = false;
    knownByMainName = false;
    problem = null;
  }

  boolean known() {
    return known;
  }

  /** Epoch milliseconds; only where it is known. */
  long millis() {
    return millis;
  }

  /** Why it is not known, for a person. */
  String problem() {
    return problem == null ? "it has neither \"timestamp\" nor \"ts\"" : problem;
  }

  /** Takes in one of the two members; the parser is at its end afterwards. */
  void read(JsonParser parser, JsonToken token, String name) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue(), name, parser);
      case VALUE_STRING -> {
        String text = parser.getText();
        double number = NumericText.parse(text);
        if (Double.isNaN(number)) {
          text(text, name);
        } else {
          number(number, name, parser);
        }
      }
      case VALUE_NULL -> {
        // As if absent.
      }
      default -> {
        problem = "\"" + name + "\" is neither a number nor text";
        parser.skipChildren();
      }
    }
  }

  private void number(double value, String name, JsonParser parser) throws IOException {
    if (Math.abs(value) <= MAX_EXACT) {
      // Some clocks give fractions of a millisecond, which are cut.
      set((long) Math.floor(value), name);
    } else {
      problem =
          "\"" + name + "\" is " + Excerpt.of(parser.getText()) + ": " + EpochUnit.advice(value);
    }
  }

  private void text(String text, String name) {
    try {
      set(Timestamps.parse(text), name);
    } catch (DateTimeException e) {
      problem = "\"" + name + "\" is \"" + Excerpt.of(text) + "\": " + Timestamps.advice(text);
    }
  }

  /**
   * {@code timestamp} is the main name: a {@code ts} beside it changes nothing, in either order.
   */
  private void set(long time, String name) {
    boolean main = name.equals(MAIN_NAME);
    if (main || !knownByMainName) {
      millis = time;
      known = true;
      knownByMainName = main;
    }
  }
}
