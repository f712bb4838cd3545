package io.motorwatch.model;

import java.io.Serializable;

/**
 * Makes the topic of a device's message where the message itself is no longer at hand.
 *
 * @param template of a device's topics, such as {@code site/{site}/device/{device}}; empty where
 *     there are several
 */
public record DeviceTopicTemplate(String template) implements Serializable {

  public static final DeviceTopicTemplate UNKNOWN = new DeviceTopicTemplate("");

  /** A topic of a device; empty where it is not known. */
  public String topic(DeviceId device, String level) {
    return template.isEmpty()
        ? ""
        : template.replace("{site}", device.site()).replace("{device}", device.device())
            + "/"
            + level;
  }
}
