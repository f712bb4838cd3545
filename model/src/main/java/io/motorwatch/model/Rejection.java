package io.motorwatch.model;

import java.nio.charset.StandardCharsets;

/**
 * A message that was refused, kept for whoever looks after the device.
 *
 * @param site the topic's site, {@link DeviceId#DEFAULT_SITE} where unknown
 * @param device the topic's device, empty where unknown
 * @param topic the MQTT topic as received
 * @param detail one sentence for a person: what was wrong and where
 * @param payload the payload, cut to at most {@value #MAX_PAYLOAD_BYTES} bytes of UTF-8, between
 *     characters
 * @param arrivedAt wall clock at arrival, epoch milliseconds
 */
public record Rejection(
    RejectReason reason,
    String site,
    String device,
    String topic,
    String detail,
    String payload,
    long arrivedAt) {

  public static final int MAX_PAYLOAD_BYTES = 1024;

  private static final int MOST_BYTES_OF_A_CHAR = 3;

  /** Cuts the payload, whoever made it: rejections wait in memory and in checkpoints. */
  public Rejection {
    payload = cut(payload);
  }

  /**
   * The part of a payload that a rejection keeps, never cut inside a UTF-8 character; what is no
   * UTF-8 becomes replacement characters.
   */
  public static String excerpt(byte[] payload) {
    if (payload.length <= MAX_PAYLOAD_BYTES) {
      return cut(new String(payload, StandardCharsets.UTF_8));
    }
    return cut(new String(payload, 0, characterEnd(payload), StandardCharsets.UTF_8));
  }

  /** Where to cut: before the character that goes over the limit, if it is one at all. */
  private static int characterEnd(byte[] payload) {
    for (int end = MAX_PAYLOAD_BYTES; end > MAX_PAYLOAD_BYTES - 4; end--) {
      if ((payload[end] & 0xC0) != 0x80) {
        return end;
      }
    }
    return MAX_PAYLOAD_BYTES;
  }

  private static String cut(String text) {
    if (text.length() <= MAX_PAYLOAD_BYTES / MOST_BYTES_OF_A_CHAR) {
      return text;
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      bytes += utf8Bytes(character);
      if (bytes > MAX_PAYLOAD_BYTES) {
        return text.substring(0, i);
      }
      i += Character.charCount(character);
    }
    return text;
  }

  private static int utf8Bytes(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }
}
