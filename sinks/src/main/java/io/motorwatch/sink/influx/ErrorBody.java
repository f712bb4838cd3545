package io.motorwatch.sink.influx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The body of an error answer.
 *
 * @param message the words of a JSON error body: {@code error} on 1.x and 3, {@code message} on
 *     2.x; of any other body its text, cut at 2,000 characters
 * @param ofInfluxDb whether it has InfluxDB's form: a JSON object with a text {@code error} (1.x,
 *     3), or with {@code code} and {@code message} (2.x)
 */
record ErrorBody(String message, boolean ofInfluxDb) {

  private static final int MAX_LENGTH = 2_000;
  private static final JsonFactory JSON = new JsonFactory();

  static ErrorBody parse(String body) {
    String error = "";
    String message = "";
    String code = "";
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken() == JsonToken.VALUE_STRING) {
            switch (name) {
              case "error" -> error = parser.getText();
              case "message" -> message = parser.getText();
              case "code" -> code = parser.getText();
              default -> {}
            }
          }
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // A proxy's page, or a body cut short: what was read before counts, since the list of lines
      // at fault that InfluxDB 3 sends behind its words has no limit.
      return of(error, message, code, body);
    }
    return of(error, message, code, body);
  }

  private static ErrorBody of(String error, String message, String code, String body) {
    boolean ofInfluxDb = !error.isEmpty() || !(message.isEmpty() || code.isEmpty());
    String words = error.isEmpty() ? message : error;
    String text = words.isEmpty() ? body.strip() : words;
    return new ErrorBody(
        text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH), ofInfluxDb);
  }
}
