package io.motorwatch.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message that was refused, kept for whoever looks after the device.
 *
 * @param site the topic's site, {@link DeviceId#DEFAULT_SITE} where unknown
 * @param device the topic's device, empty where unknown
 * @param topic the MQTT topic as received
 * @param detail one sentence for a person: what was wrong and where
 * @param payload the beginning of the payload, at most {@value #MAX_PAYLOAD_BYTES} bytes of it
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

  /** The part of a payload that a rejection keeps, never cut inside a UTF-8 character. */
  public static String excerpt(byte[] payload) {
    if (payload.length <= MAX_PAYLOAD_BYTES) {
      return new String(payload, StandardCharsets.UTF_8);
    }
    int end = MAX_PAYLOAD_BYTES;
    while (end > 0 && (payload[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(Arrays.copyOf(payload, end), StandardCharsets.UTF_8);
  }
}
