package io.motorwatch.patterns.operator;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.DeviceStatus;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.model.TopicRoot;
import io.motorwatch.model.UnusableValues;
import io.motorwatch.model.UnusableValues.Member;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;

/**
 * Reports values that patterns in force need and cannot use: of the nameplate and of readings. Each
 * is a rejection when it begins, and the device's status says what is so at present. For the task
 * thread.
 */
final class UnusableInputReporter {

  /**
   * Device time a field must have been usable for until that is believed: a sensor with a loose
   * contact is reported once, and not with every second reading.
   */
  static final long USABLE_AGAIN_MS = 600_000;

  private static final int LONGEST_NOTE = 1_000;

  private final TopicRoot topics;
  private final Consumer<Rejection> rejected;
  private final Consumer<DeviceStatus> status;
  private final Counter counter;
  private final NameplateReportLimit nameplates = new NameplateReportLimit();

  UnusableInputReporter(
      TopicRoot topics,
      Consumer<Rejection> rejected,
      Consumer<DeviceStatus> status,
      Counter counter) {
    this.topics = topics;
    this.rejected = rejected;
    this.status = status;
    this.counter = counter;
  }

  /** To be called with each reading, once it has been judged. */
  void judged(TimelineReading reading, DeviceState state) {
    DeviceProfile view = state.view;
    if (view == null) {
      return;
    }
    ReportedUnusableInputs reported = state.inputs;
    NameplateCheck nameplate = view.nameplate();
    if (nameplate.print() != reported.nameplate()
        && nameplates.permits(reading.device(), reading.timestamp())) {
      reported.nameplate(nameplate.print());
      nameplate.unusable().forEach(each -> reject(each, reading));
      report(reading, view, reported);
    }
    if (reported.anyField() && reported.end(field -> isUsable(field, reading, view, reported))) {
      report(reading, view, reported);
    }
  }

  private static boolean isUsable(
      String field, TimelineReading reading, DeviceProfile view, ReportedUnusableInputs reported) {
    boolean sent = reading.reading().layout().slotOf(field) >= 0;
    return view.patternsThatUse(field).isEmpty()
        || (sent && reading.timestamp() - reported.lastAt(field) >= USABLE_AGAIN_MS);
  }

  /**
   * A reading was made without some of its members.
   *
   * @param view of the device's nameplate
   */
  void unusable(UnusableValues values, DeviceProfile view, DeviceState state) {
    boolean any = false;
    for (Member member : values.members()) {
      Set<String> patterns = view.patternsThatUse(member.name());
      if (!patterns.isEmpty() && state.inputs.begins(member.name(), values.timestamp())) {
        any = true;
        reject(member, patterns, values);
      }
    }
    if (any) {
      DeviceProfile whole = state.view == null ? view : state.view;
      report(values.device(), values.timestamp(), values.arrivedAt(), whole, state.inputs);
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
      TimelineReading reading, DeviceProfile view, ReportedUnusableInputs reported) {
    report(reading.device(), reading.timestamp(), reading.reading().arrivedAt(), view, reported);
  }

  /**
   * Dated with device time, as long as that is not ahead: the status of an hour to come is none.
   */
  private void report(
      DeviceId device,
      long at,
      long arrivedAt,
      DeviceProfile view,
      ReportedUnusableInputs reported) {
    status.accept(
        new DeviceStatus(
            device,
            DeviceStatus.Health.ONLINE,
            at,
            Double.NaN,
            DeviceStatus.UNCOUNTED,
            note(view, reported),
            Math.min(at, arrivedAt)));
  }

  private static String note(DeviceProfile view, ReportedUnusableInputs reported) {
    StringBuilder note = new StringBuilder(view.nameplate().note());
    for (String field : reported.fields()) {
      note.append(note.isEmpty() ? "" : "; ").append("field ").append(field);
      note.append(" cannot be read, needed by ");
      note.append(String.join(", ", view.patternsThatUse(field)));
    }
    if (note.isEmpty()) {
      String attributes = view.attributesInUse();
      note.append("all values that the patterns use can be read");
      note.append(attributes.isEmpty() ? "" : "; nameplate: " + attributes);
    }
    return note.length() <= LONGEST_NOTE ? note.toString() : note.substring(0, LONGEST_NOTE) + "…";
  }
}
