package io.motorwatch.sink.influx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The words of a JSON error body: {@code error} on 1.x and 3, {@code message} on 2.x; of any other
 * body its text.
 */
final class ErrorBody {

  private static final int MAX_LENGTH = 2_000;
  private static final JsonFactory JSON = new JsonFactory();

  private ErrorBody() {}

  static String message(String body) {
    String found = "";
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (value == JsonToken.VALUE_STRING && isMessage(name)) {
            found = parser.getText();
          }
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // A proxy's page, or a body cut short.
      found = "";
    }
    String text = found.isEmpty() ? body.strip() : found;
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }

  private static boolean isMessage(String name) {
    return name.equals("error") || name.equals("message");
  }
}
