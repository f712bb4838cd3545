package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonFactory;
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
          // Interned names would stay in the JVM indefinitely, whatever devices invent.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(400)
                  .maxNameLength(1000)
                  .build())
          .build();

  private Json() {}

  /** Of a payload that even {@link LenientJson} could not make JSON of, in our own words. */
  static BadPayloadException malformed() {
    return BadPayloadException.malformed(
        "not JSON, or nested more than 32 levels deep: check the payload with a JSON validator");
  }
}
