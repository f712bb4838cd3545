package io.motorwatch.source.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.motorwatch.source.mqtt.MqttMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The signed form for devices of MQTT 3.1.1, which has no user properties: {@code {"data":"…",
 * "hmac-sha256":"…"}}.
 *
 * @param data the payload proper, UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one message only, never compared
record SignedEnvelope(byte[] data, String signature) {

  private static final byte[][] FIRST_NAMES = {
    "\"data\"".getBytes(StandardCharsets.US_ASCII),
    ("\"" + MqttMessage.HMAC_PROPERTY + "\"").getBytes(StandardCharsets.US_ASCII)
  };

  /** The envelope of a payload, or null if it is none. */
  static @Nullable SignedEnvelope open(byte[] payload) {
    return looksLikeOne(payload) ? parse(payload) : null;
  }

  /** A glance at the first name, since nearly no payload is an envelope and each is asked. */
  private static boolean looksLikeOne(byte[] payload) {
    int at = skipSpace(payload, 0);
    if (at == payload.length || payload[at] != '{') {
      return false;
    }
    at = skipSpace(payload, at + 1);
    for (byte[] name : FIRST_NAMES) {
      if (payload.length - at >= name.length
          && Arrays.equals(payload, at, at + name.length, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }

  private static int skipSpace(byte[] payload, int from) {
    int at = from;
    while (at < payload.length
        && (payload[at] == ' '
            || payload[at] == '\t'
            || payload[at] == '\n'
            || payload[at] == '\r')) {
      at++;
    }
    return at;
  }

  private static @Nullable SignedEnvelope parse(byte[] payload) {
    String data = null;
    String signature = null;
    try (JsonParser parser = Json.FACTORY.createParser(payload)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          return null;
        } else if (name.equals("data")) {
          data = parser.getText();
        } else if (name.equals(MqttMessage.HMAC_PROPERTY)) {
          signature = parser.getText();
        } else {
          return null;
        }
      }
    } catch (IOException e) {
      // Not even JSON: whoever parses it as a reading says so.
      return null;
    }
    return data == null || signature == null
        ? null
        : new SignedEnvelope(data.getBytes(StandardCharsets.UTF_8), signature);
  }
}
