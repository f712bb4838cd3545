package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.connection.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who signs with which keys. A device's own keys go before its site's. Several keys of one owner
 * are all valid, so that devices can change from one to the next one after the other.
 *
 * <p>Its file has an owner and its keys on each line, apart by spaces or tabs; empty lines and what
 * begins with {@code #} do not count:
 *
 * <pre>
 * # owner          keys, all valid
 * plant            6b1f…
 * plant/motor-17   0c9e… 77aa…
 * </pre>
 *
 * <p>Immutable.
 */
public final class SigningKeys implements KeySource {

  private static final long serialVersionUID = 1L;

  /** More than the old and the new one of a rotation are a mistake, and each costs. */
  static final int MOST_KEYS = 2;

  private final HashMap<String, List<Secret>> bySite = new HashMap<>();

  /** By {@link DeviceId#path}: a device's id is not serializable, and this travels with the job. */
  private final HashMap<String, List<Secret>> byDevice = new HashMap<>();

  /**
   * @param byOwner keys by {@code site} or {@code site/device}
   * @throws IllegalArgumentException if an owner has no key, an empty one or too many; no message
   *     holds a key
   */
  public SigningKeys(Map<String, List<Secret>> byOwner) {
    byOwner.forEach(this::add);
  }

  /** Whether nobody has a key. */
  boolean isEmpty() {
    return bySite.isEmpty() && byDevice.isEmpty();
  }

  private void add(String owner, List<Secret> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.reveal().isEmpty())) {
      throw new IllegalArgumentException("the signing key of " + owner + " is empty");
    }
    if (keys.size() > MOST_KEYS) {
      throw new IllegalArgumentException(
          owner + " has " + keys.size() + " signing keys; the old and the new one are the most");
    }
    if (owner.indexOf('/') < 0) {
      bySite.put(owner, List.copyOf(keys));
    } else {
      byDevice.put(owner, List.copyOf(keys));
    }
  }

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException naming the line; no message holds a key
   */
  public static SigningKeys parse(String text) {
    Map<String, List<Secret>> byOwner = new HashMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(content.split("\\s+"));
      String owner = words.get(0);
      if (!owner.matches("[^/]+(/[^/]+)?")) {
        throw new IllegalArgumentException(
            "line " + number + ": the owner must be site or site/device");
      }
      List<Secret> keys = words.stream().skip(1).map(Secret::of).toList();
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("line " + number + ": " + owner + " has no key");
      }
      if (keys.size() > MOST_KEYS) {
        throw new IllegalArgumentException(
            "line " + number + ": " + owner + " has more than " + MOST_KEYS + " keys");
      }
      if (byOwner.put(owner, keys) != null) {
        throw new IllegalArgumentException(
            "line " + number + ": " + owner + " has a line already; put both keys on one");
      }
    }
    return new SigningKeys(byOwner);
  }

  @Override
  public SigningKeys current() {
    return this;
  }

  /** The keys of a device; none where it need not sign. */
  List<Secret> of(DeviceId device) {
    List<Secret> own = byDevice.get(device.path());
    return own == null ? bySite.getOrDefault(device.site(), List.of()) : own;
  }
}
