package io.motorwatch.patterns.operator;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.DeviceTopicTemplate;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;

/**
 * Reports values of nameplates and readings that patterns in force need and cannot use. Each is
 * rejected once, when it begins; the device's status lists those that are unusable at present. For
 * the task thread only.
 */
final class UnusableInputReporter {

  /**
   * Device time for which a field must have been usable before it is reported as usable: a sensor
   * with a loose contact is reported once, and not with every second reading.
   */
  static final long USABLE_AGAIN_MS = 600_000;

  private static final int LONGEST_NOTE = 1_000;

  private final DeviceTopicTemplate topics;
  private final Consumer<Rejection> rejected;
  private final Consumer<DeviceStatus> status;
  private final Counter counter;
  private final NameplateReportLimit nameplates = new NameplateReportLimit();

  UnusableInputReporter(
      DeviceTopicTemplate topics,
      Consumer<Rejection> rejected,
      Consumer<DeviceStatus> status,
      Counter counter) {
    this.topics = topics;
    this.rejected = rejected;
    this.status = status;
    this.counter = counter;
  }

  /** To be called with each reading, after its evaluation. */
  void evaluated(TimelineReading reading, DeviceState state) {
    DeviceProfile profile = state.profile;
    if (profile == null) {
      return;
    }
    ReportedUnusableInputs reported = state.inputs;
    NameplateCheck nameplate = profile.nameplate();
    if (nameplate.fingerprint() != reported.nameplate()
        && nameplates.permits(reading.device(), reading.timestamp())) {
      reported.nameplate(nameplate.fingerprint());
      nameplate.unusable().forEach(each -> reject(each, reading));
      report(reading, profile, reported);
    }
    if (reported.anyField() && reported.end(field -> isUsable(field, reading, profile, reported))) {
      report(reading, profile, reported);
    }
  }

  private static boolean isUsable(
      String field,
      TimelineReading reading,
      DeviceProfile profile,
      ReportedUnusableInputs reported) {
    boolean sent = reading.reading().layout().slotOf(field) >= 0;
    return profile.patternsThatUse(field).isEmpty()
        || (sent && reading.timestamp() - reported.lastAt(field) >= USABLE_AGAIN_MS);
  }

  /**
   * To be called for a reading that was decoded without some of its members.
   *
   * @param profile of the device, without its fields
   */
  void unusable(UnusableValues values, DeviceProfile profile, DeviceState state) {
    boolean any = false;
    for (Member member : values.members()) {
      Set<String> patterns = profile.patternsThatUse(member.name());
      if (!patterns.isEmpty() && state.inputs.begins(member.name(), values.timestamp())) {
        any = true;
        reject(member, patterns, values);
      }
    }
    if (any) {
      DeviceProfile full = state.profile == null ? profile : state.profile;
      report(values.device(), values.timestamp(), values.arrivedAt(), full, state.inputs);
    }
  }

  private void reject(NameplateCheck.Unusable attribute, TimelineReading reading) {
    DeviceId device = reading.device();
    counter.inc();
    rejected.accept(
        new Rejection(
            RejectReason.UNUSABLE_VALUE,
            device.site(),
            device.device(),
            topics.topic(device, "attributes"),
            attribute.detail(),
            attribute.name() + ": " + attribute.published(),
            reading.reading().arrivedAt()));
  }

  private void reject(Member field, Set<String> patterns, UnusableValues values) {
    counter.inc();
    rejected.accept(
        new Rejection(
            RejectReason.UNUSABLE_VALUE,
            values.device().site(),
            values.device().device(),
            values.topic(),
            "field "
                + field.name()
                + " "
                + field.what()
                + ": the reading was taken without it; used by "
                + String.join(", ", patterns),
            values.payload(),
            values.arrivedAt()));
  }

  private void report(
      TimelineReading reading, DeviceProfile profile, ReportedUnusableInputs reported) {
    report(reading.device(), reading.timestamp(), reading.reading().arrivedAt(), profile, reported);
  }

  /** Dated with device time, but never ahead of arrival: a status must not lie in the future. */
  private void report(
      DeviceId device,
      long at,
      long arrivedAt,
      DeviceProfile profile,
      ReportedUnusableInputs reported) {
    status.accept(
        new DeviceStatus(
            device,
            DeviceStatus.Health.ONLINE,
            at,
            Double.NaN,
            DeviceStatus.UNCOUNTED,
            note(profile, reported),
            Math.min(at, arrivedAt)));
  }

  private static String note(DeviceProfile profile, ReportedUnusableInputs reported) {
    StringBuilder note = new StringBuilder(profile.nameplate().note());
    for (String field : reported.fields()) {
      note.append(note.isEmpty() ? "" : "; ").append("field ").append(field);
      note.append(" cannot be read, needed by ");
      note.append(String.join(", ", profile.patternsThatUse(field)));
    }
    if (note.isEmpty()) {
      String attributes = profile.attributesInUse();
      note.append("all values that the patterns use can be read");
      note.append(attributes.isEmpty() ? "" : "; nameplate: " + attributes);
    }
    return note.length() <= LONGEST_NOTE ? note.toString() : note.substring(0, LONGEST_NOTE) + "…";
  }
}
