package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A topic of a device, told apart. */
public record DeviceTopic(DeviceId device, Kind kind) {

  /** The last level of the topic. */
  public enum Kind {
    TELEMETRY,
    STATUS,
    ATTRIBUTES;

    private final String level = name().toLowerCase(Locale.ROOT);

    /** The level's text. */
    public String level() {
      return level;
    }

    static @Nullable Kind ofLevel(String level) {
      for (Kind kind : values()) {
        if (kind.level.equals(level)) {
          return kind;
        }
      }
      return null;
    }
  }
}
