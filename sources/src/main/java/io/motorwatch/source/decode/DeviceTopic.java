package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import java.util.Locale;

/** A topic of a device, and what kind it is. */
public record DeviceTopic(DeviceId device, Kind kind) {

  /** The last level of the topic. */
  public enum Kind {
    TELEMETRY,
    STATUS,
    ATTRIBUTES,
    /** Published by us. */
    ALERT,
    /** Published by us, or by others to the device. */
    COMMAND,
    /** Any other text. */
    OTHER;

    private final String level = name().toLowerCase(Locale.ROOT);

    /** The level's text; a wildcard where it may be any. */
    public String level() {
      return this == OTHER ? "+" : level;
    }

    static Kind ofLevel(String level) {
      for (Kind kind : values()) {
        if (kind.level.equals(level)) {
          return kind;
        }
      }
      return OTHER;
    }
  }
}
