package io.motorwatch.source.decode;

import io.motorwatch.model.DeviceId;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a message comes from who holds the device's key. An instance is for one thread.
 */
public interface SignatureVerifier extends Serializable {

  /** Accepts everything: no key is configured. */
  SignatureVerifier NONE = (topic, device, signed, signature) -> Result.ACCEPTED;

  /**
   * Verifies a message.
   *
   * @param signed the bytes the signature is over, together with the topic
   * @param signature as the device sent it, or null if the message is not signed
   */
  Result verify(String topic, DeviceId device, byte[] signed, @Nullable String signature);

  /** The outcome. */
  enum Result {
    /** Rightly signed, or no key is configured for the device. */
    ACCEPTED,
    /** A key is configured, and the message is not signed. */
    UNSIGNED,
    /** Signed with another key, or changed on its way. */
    WRONG
  }
}
