package io.motorwatch.model;

import java.util.List;

/**
 * Members of a telemetry message of which no number could be made, so that the reading was taken
 * without them. Whether that matters depends on the patterns in force: a text may be there to be
 * read by people. Of a device that sends the same again and again one comes a minute.
 *
 * @param topic the MQTT topic as received
 * @param timestamp device time of the reading, epoch milliseconds
 * @param members at most {@value #MAX_MEMBERS}
 * @param payload as in {@link Rejection}
 * @param attributes the device's nameplate; {@link Attributes#NONE} before the timeline
 */
public record UnusableValues(
    DeviceId device,
    String topic,
    long timestamp,
    List<Member> members,
    String payload,
    Attributes attributes,
    long arrivedAt)
    implements ForwardedEvent {

  /** More than any file of patterns can name. */
  public static final int MAX_MEMBERS = 1_024;

  public UnusableValues {
    members = List.copyOf(members);
  }

  /**
   * A member.
   *
   * @param what it is instead of a number, to follow its name: {@code is nan, which is no number}
   */
  public record Member(String name, String what) {}

  /** The same with what the timeline knows of the device. */
  public UnusableValues with(Attributes nameplate) {
    return new UnusableValues(device, topic, timestamp, members, payload, nameplate, arrivedAt);
  }
}
