package io.motorwatch.local.hivemq;

import java.util.Map;

/**
 * What can be set of a {@link LocalHiveMq}. Its window, 50 unacknowledged messages to a client, is
 * fixed in the Community Edition.
 *
 * @param serverReceiveMaximum how many messages a publisher may have under way, 1 to 65,535
 * @param maxQueueSize how many messages it keeps for one session, the window among them, or for one
 *     shared subscription; what comes then is discarded
 * @param passwords by user name, of those who give one; without a user name anybody may connect
 */
public record HiveMqOptions(
    int serverReceiveMaximum, long maxQueueSize, Map<String, String> passwords) {

  public HiveMqOptions {
    passwords = Map.copyOf(passwords);
  }

  /** As the product asks of a real one: no practical limit on what is queued; open to anybody. */
  public static HiveMqOptions unlimited() {
    return new HiveMqOptions(65_535, 10_000_000, Map.of());
  }

  public HiveMqOptions withMaxQueueSize(long messages) {
    return new HiveMqOptions(serverReceiveMaximum, messages, passwords);
  }

  /** Refuses a user name that is not among these, or comes with another password. */
  public HiveMqOptions withPasswords(Map<String, String> byUser) {
    return new HiveMqOptions(serverReceiveMaximum, maxQueueSize, byUser);
  }

  /** The passwords are not for logs. */
  @Override
  public String toString() {
    return "HiveMqOptions[serverReceiveMaximum="
        + serverReceiveMaximum
        + ", maxQueueSize="
        + maxQueueSize
        + ", users="
        + passwords.keySet()
        + "]";
  }
}
