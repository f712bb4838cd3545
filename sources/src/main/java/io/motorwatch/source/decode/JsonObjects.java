package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Payloads that are one JSON object: read strictly, else mended by {@link LenientJson}. */
final class JsonObjects {

  /** Reads an object at whose start the parser stands, to its end. */
  interface Reader<T> {
    T read(JsonParser parser) throws IOException;
  }

  private JsonObjects() {}

  /**
   * What a reader makes of the object.
   *
   * @param what for the message about a payload that is none: "attributes"
   * @param passedOver takes what else there was in the payload, and what was mended, for a person
   */
  static <T> T read(byte[] payload, String what, Reader<T> reader, Consumer<String> passedOver)
      throws BadPayloadException {
    try (JsonParser parser = Json.FACTORY.createParser(payload)) {
      T object = object(parser, what, reader);
      if (parser.nextToken() == null) {
        return object;
      }
    } catch (IOException e) {
      // Mended below, or refused in our own words.
    }
    LenientJson loose = new LenientJson(payload);
    LenientJson.Piece first = loose.next();
    if (first instanceof LenientJson.Padding padding) {
      passedOver.accept(padding.detail());
      first = loose.next();
    }
    if (first instanceof LenientJson.Fault fault) {
      throw BadPayloadException.malformed(fault.detail());
    }
    if (!(first instanceof LenientJson.Root root)) {
      throw BadPayloadException.malformed("the payload is empty: " + what + " must be an object");
    }
    T object;
    try (JsonParser parser = Json.FACTORY.createParser(root.json())) {
      object = object(parser, what, reader);
    } catch (IOException e) {
      throw Json.malformed();
    }
    LenientJson.Piece more = loose.next();
    if (more instanceof LenientJson.Fault fault) {
      passedOver.accept(fault.detail());
    } else if (more instanceof LenientJson.Padding padding) {
      passedOver.accept(padding.detail());
    } else if (more != null) {
      passedOver.accept("more than one JSON value: only the first was taken");
    }
    return object;
  }

  private static <T> T object(JsonParser parser, String what, Reader<T> reader)
      throws IOException, BadPayloadException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw BadPayloadException.malformed(what + " must be a JSON object");
    }
    return reader.read(parser);
  }

  /** The members that are texts. */
  static Map<String, String> texts(byte[] payload, String what, Consumer<String> passedOver)
      throws BadPayloadException {
    return read(
        payload,
        what,
        parser -> {
          Map<String, String> texts = new HashMap<>();
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
              texts.put(name, parser.getText());
            }
            parser.skipChildren();
          }
          return texts;
        },
        passedOver);
  }
}
