package io.motorwatch.tools.patterndiff;

import io.motorwatch.model.Durations;
import io.motorwatch.patterns.definition.Condition;
import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.definition.Step;
import io.motorwatch.patterns.explain.StepText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a changed pattern file means, in words: a line for each difference. */
public final class PatternDiff {

  private final PatternSet before;
  private final PatternSet after;
  private final List<String> lines = new ArrayList<>();

  private PatternDiff(PatternSet before, PatternSet after) {
    this.before = before;
    this.after = after;
  }

  /** None where the files mean the same. */
  public static List<String> of(PatternSet before, PatternSet after) {
    PatternDiff diff = new PatternDiff(before, after);
    diff.write();
    return List.copyOf(diff.lines);
  }

  private void write() {
    if (after.version() <= before.version()) {
      lines.add(
          "version: "
              + before.version()
              + " → "
              + after.version()
              + ": not higher, so that running jobs do not take the file");
    }
    defaults();
    TreeSet<String> signals = new TreeSet<>(before.signals().keySet());
    signals.addAll(after.signals().keySet());
    for (String name : signals) {
      SignalDiff.of(before.signals().get(name), after.signals().get(name))
          .forEach(line -> lines.add("signal " + name + ": " + line + users(name)));
    }
    Map<String, PatternDefinition> old = byId(before);
    Map<String, PatternDefinition> now = byId(after);
    TreeSet<String> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    ids.forEach(id -> pattern(id, old.get(id), now.get(id)));
  }

  private void defaults() {
    TreeSet<String> names = new TreeSet<>(before.defaults().keySet());
    names.addAll(after.defaults().keySet());
    for (String name : names) {
      Double old = before.defaults().get(name);
      Double now = after.defaults().get(name);
      if (!Objects.equals(old, now)) {
        String meaning =
            now == null
                ? ": devices without it on their nameplate are not evaluated by patterns that need it"
                : old == null
                    ? ": devices without it on their nameplate are evaluated with it now"
                    : ": for devices without it on their nameplate";
        lines.add("default " + name + ": " + shown(old) + " → " + shown(now) + meaning);
      }
    }
  }

  private static String shown(@Nullable Double value) {
    return value == null ? "none" : LifecycleText.number(value);
  }

  private static Map<String, PatternDefinition> byId(PatternSet set) {
    return set.patterns().stream()
        .collect(Collectors.toMap(PatternDefinition::id, each -> each, (a, b) -> a, TreeMap::new));
  }

  /** The patterns that a change of a signal concerns. */
  private String users(String signal) {
    String names =
        after.patterns().stream()
            .filter(
                pattern ->
                    uses(pattern.clear().when(), signal)
                        || pattern.sequence().stream().anyMatch(step -> uses(step, signal)))
            .map(PatternDefinition::id)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? " (used by no pattern)" : " (" + names + ")";
  }

  private static boolean uses(Step step, String signal) {
    Step absent = step.absent();
    return uses(step.what(), signal) || (absent != null && uses(absent.what(), signal));
  }

  private static boolean uses(Condition condition, String signal) {
    if (condition instanceof Condition.On on) {
      return on.signal().equals(signal);
    } else if (condition instanceof Condition.Counted counted) {
      return uses(counted.what(), signal);
    } else if (condition instanceof Condition.Not not) {
      return uses(not.of(), signal);
    } else if (condition instanceof Condition.All all) {
      return all.of().stream().anyMatch(each -> uses(each, signal));
    } else if (condition instanceof Condition.Any any) {
      return any.of().stream().anyMatch(each -> uses(each, signal));
    }
    return false;
  }

  private void pattern(
      String id, @Nullable PatternDefinition old, @Nullable PatternDefinition now) {
    String name = "pattern " + id + ": ";
    if (old == null) {
      lines.add(name + "new");
      return;
    }
    if (now == null) {
      lines.add(name + "removed: its open alarms are cleared");
      return;
    }
    steps(name, old, now);
    changed(name + "within", duration(old.withinMs()), duration(now.withinMs()), within(old, now));
    changed(
        name + "clear", clear(old), clear(now), "open alarms are cleared by the new rule at once");
    changed(
        name + "severity", old.identity().severity(), now.identity().severity(), "of new alarms");
    changed(
        name + "escalate",
        LifecycleText.escalations(old),
        LifecycleText.escalations(now),
        "also of open alarms");
    changed(
        name + "lifecycle",
        LifecycleText.of(old.lifecycle()),
        LifecycleText.of(now.lifecycle()),
        "");
    changed(name + "applies-to", old.appliesTo(), now.appliesTo(), "which devices it is for");
    overrides(name, old, now);
    changed(
        name + "command",
        shownText(old.notification().command()),
        shownText(now.notification().command()),
        "sent to the device where commands are enabled");
  }

  private void overrides(String name, PatternDefinition old, PatternDefinition now) {
    Map<String, SignalLevel> then = levels(old);
    Map<String, SignalLevel> levels = levels(now);
    TreeSet<String> places = new TreeSet<>(then.keySet());
    places.addAll(levels.keySet());
    for (String place : places) {
      changed(
          name + "override of " + place,
          LifecycleText.level(then.get(place)),
          LifecycleText.level(levels.get(place)),
          "");
    }
  }

  /** By device and signal. */
  private static Map<String, SignalLevel> levels(PatternDefinition pattern) {
    Map<String, SignalLevel> levels = new TreeMap<>();
    pattern
        .overrides()
        .forEach(
            (device, signals) ->
                signals.forEach((signal, level) -> levels.put(device + ", " + signal, level)));
    return levels;
  }

  private static String shownText(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static String clear(PatternDefinition pattern) {
    Condition when = pattern.clear().when();
    boolean one = when instanceof Condition.All all && all.of().size() == 1;
    return StepText.of(one ? ((Condition.All) when).of().get(0) : when)
        + " for "
        + Durations.format(pattern.clear().forMs());
  }

  private static String within(PatternDefinition old, PatternDefinition now) {
    boolean shorter =
        now.withinMs() > 0 && (old.withinMs() == 0 || now.withinMs() < old.withinMs());
    return shorter
        ? "the whole sequence may take less time: fewer alarms"
        : "the whole sequence may take more time: more alarms";
  }

  private static String duration(long millis) {
    return millis == 0 ? "none" : Durations.format(millis);
  }

  private void changed(String what, Object old, Object now, String meaning) {
    if (!old.equals(now)) {
      lines.add(what + ": " + old + " → " + now + (meaning.isEmpty() ? "" : ": " + meaning));
    }
  }

  private void steps(String name, PatternDefinition old, PatternDefinition now) {
    if (!shape(old).equals(shape(now))) {
      lines.add(
          name
              + "steps: "
              + texts(old)
              + " → "
              + texts(now)
              + ": what is under way is dropped, open alarms stay");
      return;
    }
    for (int i = 0; i < now.sequence().size(); i++) {
      Step then = old.sequence().get(i);
      Step step = now.sequence().get(i);
      String where = name + "step " + (i + 1) + ", " + StepText.of(step.what());
      long later = step.forMs() - then.forMs();
      changed(
          where + ", for",
          Durations.format(then.forMs()),
          Durations.format(step.forMs()),
          later > 0
              ? "completes " + Durations.format(later) + " later, and not for what is shorter"
              : "completes " + Durations.format(-later) + " earlier, also for what is shorter");
      if (step.what() instanceof Condition.Counted) {
        changed(
            name + "step " + (i + 1),
            StepText.of(then.what()),
            StepText.of(step.what()),
            "with the next reading, also of those already counted");
      }
      changed(
          where + ", within",
          duration(then.withinMs()),
          duration(step.withinMs()),
          "time after the step before");
    }
  }

  /** How many readings of how many applies at once, as a duration does. */
  private static Condition uncounted(Condition condition) {
    return condition instanceof Condition.Counted counted
        ? new Condition.Counted(counted.what(), 1, 1)
        : condition;
  }

  /** What a sequence under way depends on. */
  private static List<Object> shape(PatternDefinition pattern) {
    List<Object> shape = new ArrayList<>();
    for (Step step : pattern.sequence()) {
      shape.add(List.of(uncounted(step.what()), step.times(), step.persists()));
      Step absent = step.absent();
      shape.add(absent == null ? "" : List.of(absent.what(), absent.forMs()));
    }
    return shape;
  }

  private static String texts(PatternDefinition pattern) {
    return pattern.sequence().stream()
        .map(StepText::of)
        .collect(Collectors.joining("; ", "[", "]"));
  }
}
