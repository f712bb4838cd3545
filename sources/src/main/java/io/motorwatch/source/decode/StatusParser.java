package io.motorwatch.source.decode;

import java.util.function.Consumer;

/** Reads {@code {"status":"online"}} or {@code {"status":"offline"}}; other members do no harm. */
final class StatusParser {

  private StatusParser() {}

  /** Whether the device is online. */
  static boolean parse(byte[] payload, Consumer<String> passedOver) throws BadPayloadException {
    String status = JsonObjects.texts(payload, "status", passedOver).getOrDefault("status", "");
    return switch (status) {
      case "online" -> true;
      case "offline" -> false;
      default ->
          throw BadPayloadException.malformed("\"status\" must be \"online\" or \"offline\"");
    };
  }
}
