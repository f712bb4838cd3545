package io.motorwatch.patterns.signal;

import io.motorwatch.model.DeviceId;
import io.motorwatch.patterns.definition.SignalDefinition;
import io.motorwatch.patterns.definition.SignalLevel;
import io.motorwatch.patterns.motor.MotorState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition followed for every device, with its place in {@link ConditionTable}. A node depends
 * only on nodes of smaller index.
 */
sealed interface Node {

  byte SIGNAL = 0;
  byte DERIVED = 1;
  byte MOTOR = 2;
  byte SILENT = 3;
  byte ALARM = 4;

  /** Which it is, for where asking by type would cost as much as the work. */
  byte kind();

  /** The nodes it depends on. */
  default List<Integer> inputs() {
    return List.of();
  }

  /** A node whose phase follows from those of its inputs. */
  sealed interface Derived extends Node {
    byte derive(byte[] phases);

    @Override
    default byte kind() {
      return DERIVED;
    }
  }

  /**
   * A signal.
   *
   * @param overriddenBy the pattern whose levels of single devices these are; empty where there are
   *     none
   * @param byDevice levels of single devices, by {@code device} or {@code site/device}
   */
  record Signal(SignalDefinition definition, String overriddenBy, Map<String, SignalLevel> byDevice)
      implements Node {

    @Override
    public byte kind() {
      return SIGNAL;
    }

    boolean hasOverrides() {
      return !byDevice.isEmpty();
    }

    /** The device's own level, or null where the signal's counts. */
    @Nullable SignalLevel overrideOf(DeviceId device) {
      if (byDevice.isEmpty()) {
        return null;
      }
      SignalLevel own = byDevice.get(device.path());
      return own == null ? byDevice.get(device.device()) : own;
    }
  }

  /** True where the other is false. */
  record Not(int of) implements Derived {
    @Override
    public List<Integer> inputs() {
      return List.of(of);
    }

    @Override
    public byte derive(byte[] phases) {
      return switch (phases[of]) {
        case Phase.TRUE -> Phase.FALSE;
        case Phase.FALSE -> Phase.TRUE;
        default -> Phase.UNKNOWN;
      };
    }
  }

  /** True where all others are. */
  record All(List<Integer> of) implements Derived {
    @Override
    public List<Integer> inputs() {
      return of;
    }

    @Override
    public byte derive(byte[] phases) {
      byte result = Phase.TRUE;
      for (int i = 0; i < of.size(); i++) {
        byte phase = phases[of.get(i)];
        if (phase == Phase.FALSE) {
          return Phase.FALSE;
        }
        result = phase == Phase.UNKNOWN ? Phase.UNKNOWN : result;
      }
      return result;
    }
  }

  /** True where one of the others is. */
  record Any(List<Integer> of) implements Derived {
    @Override
    public List<Integer> inputs() {
      return of;
    }

    @Override
    public byte derive(byte[] phases) {
      byte result = Phase.FALSE;
      for (int i = 0; i < of.size(); i++) {
        byte phase = phases[of.get(i)];
        if (phase == Phase.TRUE) {
          return Phase.TRUE;
        }
        result = phase == Phase.UNKNOWN ? Phase.UNKNOWN : result;
      }
      return result;
    }
  }

  /** True in a motor state. */
  record Motor(MotorState state) implements Node {
    @Override
    public byte kind() {
      return MOTOR;
    }
  }

  /** True while the device says nothing. */
  record Silent() implements Node {
    @Override
    public byte kind() {
      return SILENT;
    }
  }

  /** True while a pattern's alarm is open. */
  record Alarm(String pattern) implements Node {
    @Override
    public byte kind() {
      return ALARM;
    }
  }
}
