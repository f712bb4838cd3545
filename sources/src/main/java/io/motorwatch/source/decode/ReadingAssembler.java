package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one reading of one JSON object. A fault is noted and the object read to its end, so that
 * the parser stands at the next element of an array; the first fault counts. For one thread.
 */
final class ReadingAssembler {

  static final int MAX_FIELDS = 256;

  /** Up to it a double holds every whole number; as milliseconds, some 285,000 years. */
  private static final double MAX_EXACT = 0x1p53;

  private final LayoutCache layouts = new LayoutCache();
  private final double[] values = new double[MAX_FIELDS];

  private LayoutCache.Node names = layouts.start();
  private int count;
  private long timestamp;
  private boolean timed;
  private boolean timedByMainName;
  private @Nullable String badTime;
  private long seq;
  private @Nullable BadPayloadException fault;

  /**
   * Reads the object at whose start the parser stands, to its end.
   *
   * @throws BadPayloadException if it is no reading; the parser is at the object's end then too
   * @throws IOException if it is no JSON
   */
  Reading read(JsonParser parser, DeviceId device, long arrivedAt)
      throws IOException, BadPayloadException {
    begin();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "timestamp", "ts" -> time(parser, token, name);
        case "seq" -> sequence(parser, token);
        case "deviceId" -> identity(parser, token, device);
        case "values" -> {
          if (token == JsonToken.START_OBJECT) {
            nested(parser);
          } else {
            field(parser, name, token);
          }
        }
        default -> field(parser, name, token);
      }
    }
    return finish(device, arrivedAt);
  }

  private void begin() {
    names = layouts.start();
    count = 0;
    timed = false;
    timedByMainName = false;
    badTime = null;
    seq = Reading.NO_SEQ;
    fault = null;
  }

  private Reading finish(DeviceId device, long arrivedAt) throws BadPayloadException {
    if (fault != null) {
      throw fault;
    }
    if (!timed) {
      throw new BadPayloadException(
          RejectReason.NO_TIMESTAMP,
          badTime != null ? badTime : "it has neither \"timestamp\" nor \"ts\"");
    }
    if (count == 0) {
      throw new BadPayloadException(
          RejectReason.NO_FIELDS, "no member is a finite number or a boolean");
    }
    return new Reading(
        device, timestamp, arrivedAt, seq, names.layout(), Arrays.copyOf(values, count));
  }

  private void fault(BadPayloadException first) {
    if (fault == null) {
      fault = first;
    }
  }

  private void nested(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      field(parser, name, parser.nextToken());
    }
  }

  private void field(JsonParser parser, String name, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(name, parser.getDoubleValue());
      case VALUE_TRUE -> add(name, 1);
      case VALUE_FALSE -> add(name, 0);
      // Objects and arrays are no numbers: passed over, as texts and nulls are.
      default -> parser.skipChildren();
    }
  }

  private void add(String name, double value) {
    if (fault != null || !Double.isFinite(value)) {
      return;
    }
    if (count == MAX_FIELDS) {
      fault(BadPayloadException.malformed("it has more than " + MAX_FIELDS + " fields"));
      return;
    }
    if (name.isEmpty()) {
      fault(BadPayloadException.malformed("a field has no name"));
      return;
    }
    LayoutCache.Node longer = layouts.append(names, name);
    if (longer == null) {
      fault(BadPayloadException.malformed("field \"" + brief(name) + "\" occurs twice"));
      return;
    }
    names = longer;
    values[count++] = value;
  }

  private void time(JsonParser parser, JsonToken token, String name) throws IOException {
    // "timestamp" is the main name: a "ts" beside it changes nothing, in either order.
    boolean main = name.equals("timestamp");
    boolean wanted = main || !timedByMainName;
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double approximate = parser.getDoubleValue();
        if (!(Math.abs(approximate) <= MAX_EXACT)) {
          badTime = "\"" + name + "\" is no time in epoch milliseconds: out of range";
        } else if (wanted) {
          // Some clocks give fractions of a millisecond, which are cut.
          set((long) Math.floor(approximate), main);
        }
      }
      case VALUE_STRING -> {
        try {
          long parsed = Timestamps.parse(parser.getText());
          if (wanted) {
            set(parsed, main);
          }
        } catch (DateTimeException e) {
          badTime =
              "\""
                  + name
                  + "\" is \""
                  + brief(parser.getText())
                  + "\": neither epoch milliseconds nor ISO-8601 with a zone";
        }
      }
      case VALUE_NULL -> {
        // As if absent.
      }
      default -> {
        badTime = "\"" + name + "\" is neither a number nor text";
        parser.skipChildren();
      }
    }
  }

  private void set(long millis, boolean main) {
    timestamp = millis;
    timed = true;
    timedByMainName = main;
  }

  private void sequence(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (parser.getNumberType() == JsonParser.NumberType.LONG
            || parser.getNumberType() == JsonParser.NumberType.INT) {
          seq = parser.getLongValue();
        } else {
          // Some languages write every number with a point.
          double value = parser.getDoubleValue();
          seq = value == Math.rint(value) && value <= MAX_EXACT ? (long) value : Reading.NO_SEQ;
        }
        if (seq >= 0) {
          return;
        }
        fault(
            BadPayloadException.malformed(
                "\"seq\" is " + brief(parser.getText()) + ", not a whole number from 0 up"));
      }
      case VALUE_STRING, VALUE_NULL -> {
        // Ignored, as everywhere.
      }
      default -> {
        fault(BadPayloadException.malformed("\"seq\" is not a number"));
        parser.skipChildren();
      }
    }
  }

  private void identity(JsonParser parser, JsonToken token, DeviceId device) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    String given = token.isScalarValue() ? parser.getText() : "";
    if (!given.equals(device.device())) {
      fault(
          new BadPayloadException(
              RejectReason.DEVICE_MISMATCH,
              "\"deviceId\" is \""
                  + brief(given)
                  + "\", the topic's device is \""
                  + brief(device.device())
                  + "\""));
    }
    parser.skipChildren();
  }

  private static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
