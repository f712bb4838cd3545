package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one reading of one JSON object. A fault is noted and the object read to its end, so that
 * the parser stands at the next element of an array; the first fault counts. A member that cannot
 * be used is no fault: the reading is made without it. For one thread.
 */
final class ReadingAssembler {

  static final int MAX_FIELDS = 256;

  /** Up to it a double holds every whole number. */
  private static final double MAX_EXACT = 0x1p53;

  private final LayoutCache layouts = new LayoutCache();
  private final double[] values = new double[MAX_FIELDS];

  private LayoutCache.Node names = layouts.start();
  private int count;
  private final ReadingTime time = new ReadingTime();
  private long seq;
  private @Nullable BadPayloadException fault;
  private final List<Member> unusable = new ArrayList<>();
  private int dropped;
  private @Nullable String badSeq;

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
        case "timestamp", "ts" -> time.read(parser, token, name);
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
    time.begin();
    seq = Reading.NO_SEQ;
    fault = null;
    unusable.clear();
    dropped = 0;
    badSeq = null;
  }

  /**
   * Members of the object read last that are no numbers, texts and nulls included; shared with the
   * next one.
   */
  List<Member> unusable() {
    return unusable;
  }

  /** How many members of the object read last were meant as numbers and could not be taken. */
  int dropped() {
    return dropped;
  }

  /** What else the reading was made without, to follow "the reading was taken without"; or null. */
  @Nullable String badSeq() {
    return badSeq;
  }

  /** Device time of the object read last. */
  ReadingTime time() {
    return time;
  }

  private Reading finish(DeviceId device, long arrivedAt) throws BadPayloadException {
    if (fault != null) {
      throw fault;
    }
    if (!time.known()) {
      throw new BadPayloadException(RejectReason.NO_TIMESTAMP, time.problem());
    }
    if (count == 0) {
      throw new BadPayloadException(RejectReason.NO_FIELDS, noFields());
    }
    return new Reading(
        device, time.millis(), arrivedAt, seq, names.layout(), Arrays.copyOf(values, count));
  }

  private String noFields() {
    StringBuilder words = new StringBuilder("no member is a finite number or a boolean");
    for (int i = 0; i < Math.min(3, unusable.size()); i++) {
      Member member = unusable.get(i);
      words.append(i == 0 ? ": \"" : ", \"").append(Excerpt.of(member.name())).append("\" ");
      words.append(member.what());
    }
    return words.toString();
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
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(parser, name, parser.getDoubleValue());
      case VALUE_TRUE -> add(parser, name, 1);
      case VALUE_FALSE -> add(parser, name, 0);
      case VALUE_STRING -> {
        double value = NumericText.parse(parser.getText());
        if (Double.isNaN(value)) {
          unusable(name, "is \"" + Excerpt.of(parser.getText()) + "\", which is no number");
        } else {
          add(parser, name, value);
        }
      }
      case VALUE_NULL -> unusable(name, "is null");
      default -> {
        unusable(name, token == JsonToken.START_OBJECT ? "is an object" : "is a list");
        parser.skipChildren();
      }
    }
  }

  private void unusable(String name, String what) {
    if (unusable.size() < UnusableValues.MAX_MEMBERS) {
      unusable.add(new Member(name, what));
    }
  }

  private void drop(String name, String what) {
    dropped++;
    unusable(name, what);
  }

  private void add(JsonParser parser, String name, double value) throws IOException {
    if (!Double.isFinite(value)) {
      drop(name, "is " + Excerpt.of(parser.getText()) + ", which is no finite number");
      return;
    }
    if (count == MAX_FIELDS) {
      drop(name, "comes behind the " + MAX_FIELDS + " fields that a reading may have");
      return;
    }
    if (name.isEmpty()) {
      drop(name, "is a member without a name");
      return;
    }
    LayoutCache.Node longer = layouts.append(names, name);
    if (longer == null) {
      drop(name, "occurs twice: the first value was taken");
      return;
    }
    names = longer;
    values[count++] = value;
  }

  private void sequence(JsonParser parser, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (parser.getNumberType() == JsonParser.NumberType.LONG
            || parser.getNumberType() == JsonParser.NumberType.INT) {
          seq = parser.getLongValue();
        } else {
          // Some languages write every number with a point.
          seq = whole(parser.getDoubleValue());
        }
        if (seq < 0) {
          withoutSeq(parser.getText());
        }
      }
      case VALUE_STRING -> {
        seq = whole(NumericText.parse(parser.getText()));
        if (seq < 0) {
          withoutSeq("\"" + parser.getText() + "\"");
        }
      }
      case VALUE_NULL -> {
        // As if absent.
      }
      default -> {
        withoutSeq(token.isScalarValue() ? parser.getText() : "no number");
        parser.skipChildren();
      }
    }
  }

  private static long whole(double value) {
    return value == Math.rint(value) && value >= 0 && value <= MAX_EXACT
        ? (long) value
        : Reading.NO_SEQ;
  }

  private void withoutSeq(String given) {
    seq = Reading.NO_SEQ;
    badSeq = "\"seq\" is " + Excerpt.of(given) + ", which is no whole number from 0 up";
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
                  + Excerpt.of(given)
                  + "\", the topic's device is \""
                  + Excerpt.of(device.device())
                  + "\""));
    }
    parser.skipChildren();
  }
}
