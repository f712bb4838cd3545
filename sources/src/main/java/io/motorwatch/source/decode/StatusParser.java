package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"status":"online"}} or {@code {"status":"offline"}}; other members do no harm. */
final class StatusParser {

  private StatusParser() {}

  /** Whether the device is online. */
  static boolean parse(byte[] payload) throws BadPayloadException {
    try (JsonParser parser = Json.FACTORY.createParser(payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw BadPayloadException.malformed("status must be a JSON object");
      }
      String status = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals("status");
        if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
          status = parser.getText();
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw BadPayloadException.malformed(
            "more text after the JSON" + Json.at(parser.currentTokenLocation()));
      }
      return online(status);
    } catch (JsonProcessingException e) {
      throw BadPayloadException.malformed(Json.complaint(e));
    } catch (IOException e) {
      throw BadPayloadException.malformed("not JSON: " + e.getMessage());
    }
  }

  private static boolean online(@Nullable String status) throws BadPayloadException {
    if ("online".equals(status)) {
      return true;
    } else if ("offline".equals(status)) {
      return false;
    }
    throw BadPayloadException.malformed("\"status\" must be \"online\" or \"offline\"");
  }
}
