package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.AlarmRequest.Shelve;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.alarm.OpenAlarm;
import java.util.function.Consumer;

/**
 * Does what people ask of alarms. What comes of it is dated with the device's last reading, since
 * it is on the device's clock that alarms live.
 */
final class AlarmRequestHandler {

  private final PatternEvaluator rules;

  AlarmRequestHandler(PatternEvaluator rules) {
    this.rules = rules;
  }

  /**
   * Does it.
   *
   * @param rule of the pattern it is about
   * @return whether there was something to do it to: a pattern to shelve, or an open alarm to
   *     acknowledge that has been told. Of one raised while its pattern is shelved nobody can have
   *     taken note (ISA-18.2: it is unacknowledged once its shelving is over)
   */
  boolean handle(
      AlarmRequest request,
      CompiledPattern rule,
      DeviceState state,
      DeviceId device,
      Consumer<Alarm> out) {
    if (request.action() instanceof Shelve shelve) {
      shelve(shelve, request.by(), rule, state, device, out);
      return true;
    }
    return acknowledge(request.by(), rule, state, device, out);
  }

  private boolean acknowledge(
      String by, CompiledPattern rule, DeviceState state, DeviceId device, Consumer<Alarm> out) {
    OpenAlarm open = state.alarms.open(rule.id());
    if (open == null || !open.handling().told()) {
      return false;
    }
    // Once more is once: the broker may repeat the message.
    if (open.handling().acknowledged()) {
      return true;
    }
    OpenAlarm acknowledged = open.with(open.handling().acknowledgedNow());
    state.alarms.put(rule.id(), acknowledged);
    tell(AlarmState.ACKNOWLEDGED, "Acknowledged", by, rule, state, device, acknowledged, out);
    // What has been told as returned waits for nothing else, even where the clear condition begins
    // anew after a gap or has become longer with a changed file.
    boolean over =
        acknowledged.handling().returned()
            || state
                .conditions(rules)
                .hasHeld(rule.nodes().clear(), AlarmLifecycle.clearDelay(rule, acknowledged));
    if (rule.definition().life().latch() && over) {
      state.alarms.remove(rule.id());
      tell(AlarmState.CLEARED, "Cleared, acknowledged", by, rule, state, device, acknowledged, out);
    }
    return true;
  }

  private static void shelve(
      Shelve shelve,
      String by,
      CompiledPattern rule,
      DeviceState state,
      DeviceId device,
      Consumer<Alarm> out) {
    long until =
        shelve.until() == Shelve.RELATIVE ? state.lastAt() + shelve.forMs() : shelve.until();
    state.alarms.shelve(rule.id(), until);
    OpenAlarm open = state.alarms.open(rule.id());
    // Nothing may be told of an alarm whose end will not be told: its message would stay for ever.
    if (open != null && open.handling().told()) {
      tell(AlarmState.SHELVED, "Shelved", by, rule, state, device, open, out);
    }
  }

  private static void tell(
      AlarmState transition,
      String word,
      String by,
      CompiledPattern rule,
      DeviceState state,
      DeviceId device,
      OpenAlarm open,
      Consumer<Alarm> out) {
    long at = Math.max(state.lastAt(), open.handling().toldAt());
    int ordinal = state.alarms.nextOrdinal(rule.id(), at);
    String message =
        word + (by.isEmpty() ? "" : " by " + by) + ": " + rule.definition().identity().title();
    out.accept(
        AlarmFactory.asked(
            rule, device, open, new AlarmFactory.Transition(transition, at, ordinal), message, by));
  }
}
