package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.patterns.alarm.OpenAlarm;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledges and shelves alarms on request. Transitions are dated with the device's last reading,
 * since alarms live on the device's clock. For the task thread only.
 */
final class AlarmRequestHandler {

  private final PatternEvaluator evaluator;

  AlarmRequestHandler(PatternEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * Handles a request that names its device and pattern.
   *
   * @param state of that device, null where it has none
   * @return why the request is rejected; empty where it was carried out
   */
  String handle(AlarmRequest request, @Nullable DeviceState state, Consumer<Alarm> out) {
    if (state == null) {
      return "the device has sent nothing";
    }
    CompiledPattern pattern = evaluator.pattern(request.pattern());
    if (pattern == null) {
      return "there is no such pattern";
    }
    if (handle(request, pattern, state, request.device(), out)) {
      return "";
    }
    return state.alarms.isOpen(pattern.id())
        ? "the alarm has not been reported, since the pattern is shelved: acknowledge it once it"
            + " is reported"
        : "the alarm is not open";
  }

  /**
   * Handles a request that names its alarm alone, if the device has that alarm.
   *
   * @return whether the state has changed
   */
  boolean handleByAlarmId(
      AlarmRequest request, DeviceId device, DeviceState state, Consumer<Alarm> out) {
    if (!state.alarms.anyOpen()) {
      return false;
    }
    CompiledPattern pattern = patternOf(request.alarmId(), state, device);
    return pattern != null && handle(request, pattern, state, device, out);
  }

  /** The pattern whose open alarm of the device has this id, or null. */
  private @Nullable CompiledPattern patternOf(String alarmId, DeviceState state, DeviceId device) {
    for (String pattern : state.alarms.patterns()) {
      OpenAlarm open = state.alarms.open(pattern);
      if (open != null && AlarmFactory.episode(device, pattern, open).alarmId().equals(alarmId)) {
        return evaluator.pattern(pattern);
      }
    }
    return null;
  }

  static Rejection rejection(AlarmRequest request, String why) {
    DeviceId device = request.device();
    return new Rejection(
        RejectReason.UNKNOWN_ALARM,
        device.site(),
        device.device(),
        request.action() instanceof Shelve ? "motorwatch/shelve" : "motorwatch/ack",
        "pattern " + request.pattern() + ": " + why,
        "",
        request.arrivedAt());
  }

  /**
   * Returns whether there was anything to do it to: a pattern to shelve, or an open and reported
   * alarm to acknowledge. An alarm raised while its pattern is shelved is not reported, so nobody
   * can acknowledge it (ISA-18.2: it is unacknowledged once its shelving is over).
   */
  private boolean handle(
      AlarmRequest request,
      CompiledPattern pattern,
      DeviceState state,
      DeviceId device,
      Consumer<Alarm> out) {
    if (request.action() instanceof Shelve shelve) {
      shelve(shelve, request.by(), pattern, state, device, out);
      return true;
    }
    return acknowledge(request.by(), pattern, state, device, out);
  }

  private boolean acknowledge(
      String by, CompiledPattern pattern, DeviceState state, DeviceId device, Consumer<Alarm> out) {
    OpenAlarm open = state.alarms.open(pattern.id());
    if (open == null || !open.handling().reported()) {
      return false;
    }
    // The broker may repeat the message.
    if (open.handling().acknowledged()) {
      return true;
    }
    OpenAlarm acknowledged = open.with(open.handling().acknowledgedNow());
    state.alarms.put(pattern.id(), acknowledged);
    report(AlarmState.ACKNOWLEDGED, "Acknowledged", by, pattern, state, device, acknowledged, out);
    // An alarm reported as returned waits for nothing else, even where the clear condition starts
    // again after a gap or takes longer in a changed file.
    boolean over =
        acknowledged.handling().returned()
            || state
                .conditions(evaluator)
                .hasHeld(
                    pattern.indexes().clear(), AlarmLifecycle.clearDelay(pattern, acknowledged));
    if (pattern.definition().lifecycle().latch() && over) {
      state.alarms.remove(pattern.id());
      report(
          AlarmState.CLEARED,
          "Cleared, acknowledged",
          by,
          pattern,
          state,
          device,
          acknowledged,
          out);
    }
    return true;
  }

  private static void shelve(
      Shelve shelve,
      String by,
      CompiledPattern pattern,
      DeviceState state,
      DeviceId device,
      Consumer<Alarm> out) {
    long until =
        shelve.until() == Shelve.RELATIVE ? state.lastAt() + shelve.forMs() : shelve.until();
    state.alarms.shelve(pattern.id(), until);
    OpenAlarm open = state.alarms.open(pattern.id());
    // The end of an unreported alarm is not reported either: its message would stay indefinitely.
    if (open != null && open.handling().reported()) {
      report(AlarmState.SHELVED, "Shelved", by, pattern, state, device, open, out);
    }
  }

  private static void report(
      AlarmState transition,
      String word,
      String by,
      CompiledPattern pattern,
      DeviceState state,
      DeviceId device,
      OpenAlarm open,
      Consumer<Alarm> out) {
    long at = Math.max(state.lastAt(), open.handling().reportedAt());
    int ordinal = state.alarms.nextOrdinal(pattern.id(), at);
    String message =
        word + (by.isEmpty() ? "" : " by " + by) + ": " + pattern.definition().identity().title();
    out.accept(
        AlarmFactory.requested(
            pattern,
            device,
            open,
            new AlarmFactory.Transition(transition, at, ordinal),
            message,
            by));
  }
}
