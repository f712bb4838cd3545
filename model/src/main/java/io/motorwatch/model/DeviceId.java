package io.motorwatch.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A device within its site: the key of every keyed operator. Immutable; safe for any thread.
 *
 * <p>No record, since each operator asks for the {@link #path} of each reading: it is made once.
 */
public final class DeviceId implements Comparable<DeviceId> {

  public static final String DEFAULT_SITE = "default";

  private final String site;
  private final String device;

  /** Made when first asked for; two threads at once make the same. */
  private @Nullable String path;

  /**
   * @param site the topic's site level, never empty; {@value #DEFAULT_SITE} where the topic has
   *     none
   * @param device the topic's device level, never empty
   */
  public DeviceId(String site, String device) {
    this.site = Objects.requireNonNull(site, "site");
    this.device = Objects.requireNonNull(device, "device");
    if (site.isEmpty() || device.isEmpty()) {
      throw new IllegalArgumentException("site and device must not be empty");
    }
  }

  /** The device of a {@link #path}. */
  public static DeviceId ofPath(String path) {
    int slash = path.indexOf('/');
    return new DeviceId(path.substring(0, slash), path.substring(slash + 1));
  }

  public String site() {
    return site;
  }

  public String device() {
    return device;
  }

  /** {@code site/device}. Unambiguous, since an MQTT topic level cannot hold a slash. */
  public String path() {
    String made = path;
    if (made == null) {
      made = site + '/' + device;
      path = made;
    }
    return made;
  }

  @Override
  public int compareTo(DeviceId other) {
    int bySite = site.compareTo(other.site);
    return bySite != 0 ? bySite : device.compareTo(other.device);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof DeviceId that && device.equals(that.device) && site.equals(that.site));
  }

  @Override
  public int hashCode() {
    return 31 * site.hashCode() + device.hashCode();
  }

  @Override
  public String toString() {
    return path();
  }
}
