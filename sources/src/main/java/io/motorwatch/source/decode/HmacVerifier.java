package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.connection.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 over {@code topic + "\n" + bytes}, in lower-case hexadecimal digits. An instance is
 * for one thread: Flink gives each subtask a copy.
 */
public final class HmacVerifier implements SignatureVerifier {

  private static final long serialVersionUID = 1L;

  private static final String ALGORITHM = "HmacSHA256";

  private final HashMap<String, Secret> keys;

  // Not serializable; made anew in each copy, one per key in use.
  private transient @Nullable Map<String, Mac> macs;

  /**
   * Takes the keys.
   *
   * @param keys by {@code site/device}, or by {@code site} for the devices of a site that have none
   *     of their own; empty keys are refused
   */
  public HmacVerifier(Map<String, Secret> keys) {
    keys.forEach(
        (owner, key) -> {
          if (key.reveal().isEmpty()) {
            throw new IllegalArgumentException("the signing key of " + owner + " is empty");
          }
        });
    this.keys = new HashMap<>(keys);
  }

  @Override
  public Verdict verify(String topic, DeviceId device, byte[] signed, @Nullable String signature) {
    String owner = keys.containsKey(device.path()) ? device.path() : device.site();
    Secret key = keys.get(owner);
    if (key == null) {
      return Verdict.ACCEPTED;
    }
    if (signature == null) {
      return Verdict.UNSIGNED;
    }
    byte[] expected = hex(mac(owner, key), topic, signed).getBytes(StandardCharsets.US_ASCII);
    // In constant time, so that nobody can find a signature digit by digit.
    return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
        ? Verdict.ACCEPTED
        : Verdict.WRONG;
  }

  /** The signature of a message, for whoever publishes. */
  public static String sign(Secret key, String topic, byte[] signed) {
    return hex(newMac(key), topic, signed);
  }

  private static String hex(Mac mac, String topic, byte[] signed) {
    mac.update(topic.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) '\n');
    return HexFormat.of().formatHex(mac.doFinal(signed));
  }

  private Mac mac(String owner, Secret key) {
    if (macs == null) {
      macs = new HashMap<>();
    }
    return macs.computeIfAbsent(owner, absent -> newMac(key));
  }

  private static Mac newMac(Secret key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
