package io.motorwatch.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stays the same through an alarm's life.
 *
 * @param device the device
 * @param pattern the pattern's id
 * @param patternVersion the version of the pattern file that raised it
 * @param ansi the ANSI device number, empty where the pattern has none
 * @param onsetAt when the pattern's first condition began, device time, epoch milliseconds
 * @param raisedAt when the pattern completed, device time, epoch milliseconds
 */
public record AlarmEpisode(
    DeviceId device,
    String pattern,
    long patternVersion,
    String ansi,
    long onsetAt,
    long raisedAt) {

  private static final int ID_BYTES = 8;

  /**
   * 16 hex digits, a pure function of site, device, pattern and onset: the same episode has the
   * same id after any failure, replay or restart. (First 64 bits of a SHA-256 over the four, joined
   * by a byte that occurs in no topic.)
   */
  public String alarmId() {
    String name = device.site() + '\0' + device.device() + '\0' + pattern + '\0' + onsetAt;
    byte[] digest = sha256().digest(name.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
