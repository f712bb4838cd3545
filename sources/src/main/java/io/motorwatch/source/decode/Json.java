package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** How payloads are read as JSON. */
final class Json {

  /**
   * Thread-safe, and costly to make. NaN and Infinity are let through by the parser, since one such
   * field must not cost the reading its others.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          // Interned names would stay in the JVM for ever, whatever devices invent.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(400)
                  .maxNameLength(1000)
                  .build())
          .build();

  private Json() {}

  /** What a parser complains of, with line and column, without an excerpt of the source. */
  static String complaint(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return "not JSON" + at(e.getLocation()) + (message == null ? "" : ": " + firstLine(message));
  }

  /** {@code at line 1, column 7}, or nothing. */
  static String at(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
