package io.motorwatch.patterns.signal;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition that is evaluated for every device, with its index in {@link ConditionTable}. A node
 * depends only on nodes of smaller index.
 */
sealed interface ConditionNode {

  /** Which of these it is. */
  enum Kind {
    SIGNAL,
    NOT,
    ALL,
    ANY,
    COUNTED,
    MOTOR,
    SILENT,
    ALARM;

    /** Part of the ids of conditions in savepoints: do not change it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Kind kind();

  /** The nodes it depends on. */
  default List<Integer> inputs() {
    return List.of();
  }

  /**
   * A signal.
   *
   * @param overriddenBy the pattern that overrides the level for single devices; empty: none
   * @param byDevice levels of single devices, by {@code device} or {@code site/device}
   */
  record Signal(SignalDefinition definition, String overriddenBy, Map<String, SignalLevel> byDevice)
      implements ConditionNode {

    @Override
    public Kind kind() {
      return Kind.SIGNAL;
    }

    boolean hasOverrides() {
      return !byDevice.isEmpty();
    }

    /** The device's own level, or null where the signal's level applies. */
    @Nullable SignalLevel overrideOf(DeviceId device) {
      if (byDevice.isEmpty()) {
        return null;
      }
      SignalLevel own = byDevice.get(device.path());
      return own == null ? byDevice.get(device.device()) : own;
    }
  }

  /** True where the other is false. */
  record Not(int of) implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.NOT;
    }

    @Override
    public List<Integer> inputs() {
      return List.of(of);
    }
  }

  /** True where all others are. */
  record All(List<Integer> of) implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.ALL;
    }

    @Override
    public List<Integer> inputs() {
      return of;
    }
  }

  /** True where one of the others is. */
  record Any(List<Integer> of) implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.ANY;
    }

    @Override
    public List<Integer> inputs() {
      return of;
    }
  }

  /** True where the other was with so many of the latest readings. */
  record Counted(int what, int count, int of) implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.COUNTED;
    }

    @Override
    public List<Integer> inputs() {
      return List.of(what);
    }
  }

  /** True in a motor state. */
  record Motor(MotorState state) implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.MOTOR;
    }
  }

  /** True while the device is silent. */
  record Silent() implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.SILENT;
    }
  }

  /** True while a pattern's alarm is open. */
  record Alarm(String pattern) implements ConditionNode {
    @Override
    public Kind kind() {
      return Kind.ALARM;
    }
  }
}
