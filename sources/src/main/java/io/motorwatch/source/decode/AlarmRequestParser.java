package io.motorwatch.source.decode;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Acknowledge;
import io.motorwatch.model.AlarmRequest.Action;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what people send about alarms: {@code {"alarmId":…,"by":…}} or {@code
 * {"site":…,"device":…,"pattern":…,"by":…}}; to shelve, the latter with {@code "for":"2h"} or
 * {@code "until":"2026-01-01T06:00:00Z"}.
 */
final class AlarmRequestParser {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h|d)");
  private static final DeviceId ANY = new DeviceId("+", "+");

  private AlarmRequestParser() {}

  static AlarmRequest acknowledgement(byte[] payload, long arrivedAt, Consumer<String> passedOver)
      throws BadPayloadException {
    Map<String, String> members =
        JsonObjects.texts(payload, "a request about an alarm", passedOver);
    if (members.containsKey("alarmId")) {
      String id = members.get("alarmId");
      return new AlarmRequest(ANY, id, "", new Acknowledge(), by(members), arrivedAt);
    }
    return ofDevice(members, new Acknowledge(), arrivedAt);
  }

  static AlarmRequest shelving(byte[] payload, long arrivedAt, Consumer<String> passedOver)
      throws BadPayloadException {
    Map<String, String> members =
        JsonObjects.texts(payload, "a request about an alarm", passedOver);
    return ofDevice(members, shelve(members), arrivedAt);
  }

  private static AlarmRequest ofDevice(Map<String, String> members, Action action, long arrivedAt)
      throws BadPayloadException {
    members.putIfAbsent("site", DeviceId.DEFAULT_SITE);
    DeviceId device = new DeviceId(level(members, "site"), level(members, "device"));
    return new AlarmRequest(
        device, "", required(members, "pattern"), action, by(members), arrivedAt);
  }

  private static Action shelve(Map<String, String> members) throws BadPayloadException {
    String until = members.get("until");
    if (until != null) {
      try {
        return new Shelve(Instant.parse(until).toEpochMilli(), 0);
      } catch (DateTimeParseException | ArithmeticException e) {
        throw BadPayloadException.malformed(
            "\"until\" must be a time such as \"2026-01-31T06:00:00Z\"");
      }
    }
    Matcher duration = DURATION.matcher(members.getOrDefault("for", ""));
    if (!duration.matches()) {
      throw BadPayloadException.malformed(
          "to shelve, \"for\" (such as \"30m\", \"8h\", \"2d\") or \"until\" is needed");
    }
    long number = Long.parseLong(duration.group(1));
    return new Shelve(
        Shelve.RELATIVE,
        switch (duration.group(2)) {
          case "s" -> Duration.ofSeconds(number).toMillis();
          case "m" -> Duration.ofMinutes(number).toMillis();
          case "h" -> Duration.ofHours(number).toMillis();
          default -> Duration.ofDays(number).toMillis();
        });
  }

  private static String by(Map<String, String> members) {
    return members.getOrDefault("by", "");
  }

  private static String required(Map<String, String> members, String name)
      throws BadPayloadException {
    String value = members.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw BadPayloadException.malformed(
          "\"" + name + "\" is missing: name the alarm by site, device and pattern");
    }
    return value;
  }

  /** A name that can be a level of a topic. */
  private static String level(Map<String, String> members, String name) throws BadPayloadException {
    String value = required(members, name);
    if (value.indexOf('/') >= 0) {
      throw BadPayloadException.malformed("\"" + name + "\" is one level of a topic, without '/'");
    }
    return value;
  }
}
