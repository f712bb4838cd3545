package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import java.io.IOException;

/**
 * Reads telemetry: one JSON object or an array of them, in every form of the public contract. One
 * refused element of an array costs the others nothing. Clocks are not judged here.
 *
 * <p>Keeps caches and buffers: for one thread.
 */
public final class ReadingParser {

  /** Takes what is found, in the order of the payload. */
  public interface Output {

    void reading(Reading reading);

    /** A payload or one reading of it was refused; the detail is one sentence for a person. */
    void rejected(RejectReason reason, String detail);
  }

  private final ReadingAssembler assembler = new ReadingAssembler();

  /** Parses a payload. Never throws, whatever the bytes are. */
  public void parse(byte[] payload, DeviceId device, long arrivedAt, Output output) {
    int given = 0;
    try (JsonParser parser = Json.FACTORY.createParser(payload)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        for (; parser.nextToken() != JsonToken.END_ARRAY; given++) {
          element(parser, device, arrivedAt, given, output);
        }
        if (given == 0) {
          output.rejected(RejectReason.NO_FIELDS, "the array holds no reading");
        }
        end(parser);
      } else if (first == JsonToken.START_OBJECT) {
        single(parser, device, arrivedAt, output);
      } else {
        output.rejected(
            RejectReason.MALFORMED,
            first == null
                ? "the payload is empty"
                : "neither a JSON object nor an array, but " + first.name());
      }
    } catch (JsonProcessingException e) {
      output.rejected(RejectReason.MALFORMED, Json.complaint(e) + after(given));
    } catch (BadPayloadException e) {
      output.rejected(e.reason(), e.detail());
    } catch (IOException e) {
      output.rejected(RejectReason.MALFORMED, "not JSON: " + e.getMessage() + after(given));
    }
  }

  private void single(JsonParser parser, DeviceId device, long arrivedAt, Output output)
      throws IOException, BadPayloadException {
    Reading reading = assembler.read(parser, device, arrivedAt);
    end(parser);
    output.reading(reading);
  }

  private void element(JsonParser parser, DeviceId device, long arrivedAt, int index, Output output)
      throws IOException {
    try {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        throw BadPayloadException.malformed("it is not an object");
      }
      output.reading(assembler.read(parser, device, arrivedAt));
    } catch (BadPayloadException e) {
      output.rejected(e.reason(), "reading " + (index + 1) + " of the array: " + e.detail());
    }
  }

  private static void end(JsonParser parser) throws IOException, BadPayloadException {
    if (parser.nextToken() != null) {
      throw BadPayloadException.malformed(
          "more text after the JSON" + Json.at(parser.currentTokenLocation()));
    }
  }

  private static String after(int given) {
    return given == 0 ? "" : " (after " + given + " elements, which were taken as they are)";
  }
}
