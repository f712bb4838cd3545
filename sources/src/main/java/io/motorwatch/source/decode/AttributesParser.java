package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a nameplate: a JSON object of numbers, booleans (0 or 1), texts and lists of texts. Members
 * of other kinds are passed over. An empty payload, which clears a retained message, is no
 * attributes.
 */
final class AttributesParser {

  private static final int MAX_ATTRIBUTES = 256;

  private AttributesParser() {}

  static Attributes parse(byte[] payload) throws BadPayloadException {
    if (payload.length == 0) {
      return Attributes.NONE;
    }
    try (JsonParser parser = Json.FACTORY.createParser(payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw BadPayloadException.malformed("attributes must be a JSON object");
      }
      Attributes attributes = members(parser);
      if (parser.nextToken() != null) {
        throw BadPayloadException.malformed(
            "more text after the JSON" + Json.at(parser.currentTokenLocation()));
      }
      return attributes;
    } catch (JsonProcessingException e) {
      throw BadPayloadException.malformed(Json.complaint(e));
    } catch (IOException e) {
      throw BadPayloadException.malformed("not JSON: " + e.getMessage());
    }
  }

  private static Attributes members(JsonParser parser) throws IOException, BadPayloadException {
    Map<String, Double> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    Map<String, List<String>> lists = new HashMap<>();
    for (int count = 0; parser.nextToken() == JsonToken.FIELD_NAME; count++) {
      if (count == MAX_ATTRIBUTES) {
        throw BadPayloadException.malformed("more than " + MAX_ATTRIBUTES + " attributes");
      }
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          double value = parser.getDoubleValue();
          if (Double.isFinite(value)) {
            numbers.put(name, value);
          }
        }
        case VALUE_TRUE -> numbers.put(name, 1.0);
        case VALUE_FALSE -> numbers.put(name, 0.0);
        case VALUE_STRING -> texts.put(name, parser.getText());
        case START_ARRAY -> {
          List<String> list = textsOf(parser);
          if (list != null) {
            lists.put(name, list);
          }
        }
        default -> parser.skipChildren();
      }
    }
    return new Attributes(numbers, texts, lists);
  }

  /** The elements, or null if one is no text; the parser is at the array's end in any case. */
  private static @Nullable List<String> textsOf(JsonParser parser) throws IOException {
    List<String> list = new ArrayList<>();
    boolean texts = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        list.add(parser.getText());
      } else {
        texts = false;
        parser.skipChildren();
      }
    }
    return texts ? List.copyOf(list) : null;
  }
}
