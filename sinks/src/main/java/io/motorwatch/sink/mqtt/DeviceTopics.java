package io.motorwatch.sink.mqtt;

import io.motorwatch.model.DeviceId;
import java.io.Serializable;

/**
 * Where a device's topics begin.
 *
 * @param root with {@code {device}} and optionally {@code {site}}, such as {@code
 *     site/{site}/device/{device}}; without a slash at the end
 */
record DeviceTopics(String root) implements Serializable {

  DeviceTopics {
    if (!root.contains("{device}")) {
      throw new IllegalArgumentException("the topic '" + root + "' lacks {device}");
    }
  }

  String of(DeviceId device) {
    return root.replace("{site}", device.site()).replace("{device}", device.device());
  }
}
