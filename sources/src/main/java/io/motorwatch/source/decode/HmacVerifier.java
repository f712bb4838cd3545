package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.connection.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
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

  private final KeySource keys;

  // Not serializable; made in each copy, one per key in use.
  private transient @Nullable Map<Secret, Mac> macs;
  private transient @Nullable SigningKeys macsOf;

  public HmacVerifier(KeySource keys) {
    this.keys = keys;
  }

  @Override
  public Result verify(String topic, DeviceId device, byte[] signed, @Nullable String signature) {
    SigningKeys current = keys.current();
    List<Secret> valid = current.of(device);
    if (valid.isEmpty()) {
      return Result.ACCEPTED;
    }
    if (signature == null) {
      return Result.UNSIGNED;
    }
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    for (Secret key : valid) {
      byte[] expected = hex(mac(key, current), topic, signed).getBytes(StandardCharsets.US_ASCII);
      // In constant time, so that nobody can find a signature digit by digit.
      if (MessageDigest.isEqual(expected, given)) {
        return Result.ACCEPTED;
      }
    }
    return Result.WRONG;
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

  private Mac mac(Secret key, SigningKeys current) {
    Map<Secret, Mac> made = macs;
    if (made == null || macsOf != current) {
      made = new HashMap<>();
      macs = made;
      macsOf = current;
    }
    return made.computeIfAbsent(key, HmacVerifier::newMac);
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
