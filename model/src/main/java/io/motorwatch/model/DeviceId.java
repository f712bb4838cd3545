package io.motorwatch.model;

import java.util.Objects;

/**
 * A device within its site: the key of every keyed operator.
 *
 * @param site the topic's site level, never empty; {@value #DEFAULT_SITE} where the topic has none
 * @param device the topic's device level, never empty
 */
public record DeviceId(String site, String device) implements Comparable<DeviceId> {

  public static final String DEFAULT_SITE = "default";

  public DeviceId {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(device, "device");
    if (site.isEmpty() || device.isEmpty()) {
      throw new IllegalArgumentException("site and device must not be empty");
    }
  }

  /** {@code site/device}. Unambiguous, since an MQTT topic level cannot hold a slash. */
  public String path() {
    return site + '/' + device;
  }

  /** The device of a {@link #path}. */
  public static DeviceId ofPath(String path) {
    int slash = path.indexOf('/');
    return new DeviceId(path.substring(0, slash), path.substring(slash + 1));
  }

  @Override
  public int compareTo(DeviceId other) {
    int bySite = site.compareTo(other.site);
    return bySite != 0 ? bySite : device.compareTo(other.device);
  }

  @Override
  public String toString() {
    return path();
  }
}
