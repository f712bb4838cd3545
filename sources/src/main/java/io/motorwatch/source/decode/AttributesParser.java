package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a nameplate: a JSON object of numbers, booleans (0 or 1), texts and lists of texts. A text
 * that is wholly a JSON number is that number too. Anything else is kept as a text that shows it:
 * whether a number is needed there only the patterns know. An empty payload, which clears a
 * retained message, is no attributes.
 */
final class AttributesParser {

  private static final int MAX_ATTRIBUTES = 256;

  private final Map<String, Double> numbers = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private int count;

  private AttributesParser() {}

  /**
   * @param passedOver takes what was left out, for a person
   */
  static Attributes parse(byte[] payload, Consumer<String> passedOver) throws BadPayloadException {
    if (payload.length == 0) {
      return Attributes.NONE;
    }
    AttributesParser read =
        JsonObjects.read(
            payload,
            "attributes",
            parser -> {
              AttributesParser attributes = new AttributesParser();
              while (parser.nextToken() == JsonToken.FIELD_NAME) {
                attributes.member(parser, parser.currentName(), parser.nextToken());
              }
              return attributes;
            },
            passedOver);
    if (read.count > MAX_ATTRIBUTES) {
      passedOver.accept(
          read.count + " attributes: only the first " + MAX_ATTRIBUTES + " were taken");
    }
    return new Attributes(read.numbers, read.texts, read.lists);
  }

  private void member(JsonParser parser, String name, JsonToken token) throws IOException {
    count++;
    if (count > MAX_ATTRIBUTES) {
      parser.skipChildren();
      return;
    }
    numbers.remove(name);
    texts.remove(name);
    lists.remove(name);
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, parser.getDoubleValue(), parser);
      case VALUE_TRUE -> numbers.put(name, 1.0);
      case VALUE_FALSE -> numbers.put(name, 0.0);
      case VALUE_STRING -> {
        texts.put(name, parser.getText());
        double value = NumericText.parse(parser.getText());
        if (Double.isFinite(value)) {
          numbers.put(name, value);
        }
      }
      case START_ARRAY -> list(name, parser);
      case START_OBJECT -> {
        texts.put(name, "{…}");
        parser.skipChildren();
      }
      default -> texts.put(name, parser.getText());
    }
  }

  private void number(String name, double value, JsonParser parser) throws IOException {
    if (Double.isFinite(value)) {
      numbers.put(name, value);
    } else {
      texts.put(name, Excerpt.of(parser.getText()));
    }
  }

  /** A list with an element that is no text is none of texts. */
  private void list(String name, JsonParser parser) throws IOException {
    List<String> list = new ArrayList<>();
    boolean onlyTexts = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        list.add(parser.getText());
      } else {
        onlyTexts = false;
        parser.skipChildren();
      }
    }
    if (onlyTexts) {
      lists.put(name, list);
    } else {
      texts.put(name, "[…]");
    }
  }
}
