package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.UnusableValues.Member;
import java.io.IOException;
import java.util.List;

/**
 * Reads telemetry: JSON objects and arrays of them, in every form of the public contract; mostly
 * one, or several one after the other, a line each. One refused reading costs the others nothing,
 * and one bad value not those beside it: what the JSON parser refuses is mended as far as {@link
 * LenientJson} can and read again. Time stamps are only read here, not checked.
 *
 * <p>Keeps caches and buffers: for one thread.
 */
public final class ReadingParser {

  /** Takes what is found, in the order of the payload. */
  public interface Output {

    void reading(Reading reading);

    /**
     * Members of which no number could be made, texts and nulls included, of a reading that was
     * taken, or had no other.
     *
     * @param members to be copied
     */
    void unusable(long timestamp, List<Member> members);

    /** So many values were meant as numbers and could not be taken. */
    void dropped(int values);

    /** Something beside the readings that was not taken; one sentence for a person. */
    void passedOver(String detail);

    /** A payload or one reading of it was refused; the detail is one sentence for a person. */
    void rejected(RejectReason reason, String detail);
  }

  private static final int NO_ARRAY = 0;

  private final ReadingAssembler assembler = new ReadingAssembler();

  /** One payload on its way, and how far it has been read. */
  private record Source(DeviceId device, long arrivedAt, Output output) {}

  /** The value of the payload that is being read, from 0, and the next element of it. */
  private int root;

  private int element;

  /** Readings, or refusals of one, given so far. */
  private int given;

  /** Parses a payload. Never throws, whatever the bytes are. */
  public void parse(byte[] payload, DeviceId device, long arrivedAt, Output output) {
    Source source = new Source(device, arrivedAt, output);
    root = 0;
    element = 0;
    given = 0;
    try (JsonParser parser = Json.FACTORY.createParser(payload)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!token.isStructStart()) {
          mend(payload, source);
          break;
        }
        value(parser, source, 0);
        root++;
        element = 0;
      }
    } catch (IOException e) {
      mend(payload, source);
    }
    if (given == 0) {
      output.rejected(RejectReason.MALFORMED, "the payload is empty");
    }
  }

  /** Goes on where the strict parser gave up. */
  private void mend(byte[] payload, Source source) {
    LenientJson loose = new LenientJson(payload);
    int roots = 0;
    for (LenientJson.Piece piece = loose.next(); piece != null; piece = loose.next()) {
      if (piece instanceof LenientJson.Fault fault) {
        fault(fault.detail(), source.output());
      } else if (piece instanceof LenientJson.Padding padding) {
        source.output().passedOver(padding.detail());
      } else if (piece instanceof LenientJson.Root mended && roots++ >= root) {
        int read = element;
        element = 0;
        if (mended.mended() > 0) {
          source.output().dropped(mended.mended());
        }
        again(mended.json(), source, read);
      }
    }
  }

  private void again(byte[] json, Source source, int elementsRead) {
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      parser.nextToken();
      value(parser, source, elementsRead);
    } catch (IOException e) {
      fault(Json.malformed().detail(), source.output());
    }
  }

  private void fault(String detail, Output output) {
    given++;
    output.rejected(RejectReason.MALFORMED, detail);
  }

  private void value(JsonParser parser, Source source, int elementsRead) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      reading(parser, source, NO_ARRAY);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (element < elementsRead) {
        parser.skipChildren();
      } else {
        reading(parser, source, element + 1);
      }
      element++;
    }
    if (element == 0) {
      given++;
      source.output().rejected(RejectReason.NO_FIELDS, "the array holds no reading");
    }
  }

  /**
   * @param number in its array, from 1, or {@link #NO_ARRAY}
   */
  private void reading(JsonParser parser, Source source, int number) throws IOException {
    try {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        throw BadPayloadException.malformed("it is not an object");
      }
      source.output().reading(assembler.read(parser, source.device(), source.arrivedAt()));
      report(source.output());
    } catch (BadPayloadException e) {
      String where = number == NO_ARRAY ? "" : "reading " + number + " of the array: ";
      source.output().rejected(e.reason(), where + e.detail());
      if (e.reason() == RejectReason.NO_FIELDS) {
        report(source.output());
      }
    }
    given++;
  }

  private void report(Output output) {
    if (assembler.dropped() > 0) {
      output.dropped(assembler.dropped());
    }
    if (!assembler.unusable().isEmpty()) {
      output.unusable(assembler.time().millis(), assembler.unusable());
    }
    String badSeq = assembler.badSeq();
    if (badSeq != null) {
      output.passedOver(badSeq + ": the reading was taken without it");
    }
  }
}
