package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.motor.MotorState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out the phases of all conditions but signals, by kind and index: asked for with each
 * reading, a question for the type of a {@link ConditionNode} costs several times the answer.
 * Immutable.
 */
final class ConditionLogic {

  private final NodeKind[] kinds;
  private final int[][] inputs;
  private final @Nullable MotorState[] motors;
  private final String[] patterns;

  ConditionLogic(List<ConditionNode> nodes) {
    int size = nodes.size();
    this.kinds = new NodeKind[size];
    this.inputs = new int[size][];
    this.motors = new MotorState[size];
    this.patterns = new String[size];
    for (int i = 0; i < size; i++) {
      ConditionNode node = nodes.get(i);
      kinds[i] = node.kind();
      inputs[i] = node.inputs().stream().mapToInt(Integer::intValue).toArray();
      motors[i] = node instanceof ConditionNode.Motor motor ? motor.state() : null;
      patterns[i] = node instanceof ConditionNode.Alarm alarm ? alarm.pattern() : "";
    }
  }

  NodeKind kind(int index) {
    return kinds[index];
  }

  /** Whether a condition's phase follows from those of others. */
  boolean isDerived(int index) {
    NodeKind kind = kinds[index];
    return kind == NodeKind.NOT || kind == NodeKind.ALL || kind == NodeKind.ANY;
  }

  /** The phase of a condition made of others, by theirs. */
  byte derived(int index, byte[] phases) {
    return switch (kinds[index]) {
      case NOT -> opposite(phases[inputs[index][0]]);
      case ALL -> all(inputs[index], phases);
      case ANY -> any(inputs[index], phases);
      default -> throw new IllegalArgumentException("condition " + index + " is not of others");
    };
  }

  private static byte opposite(byte phase) {
    if (phase == TruthValue.UNKNOWN) {
      return TruthValue.UNKNOWN;
    }
    return TruthValue.of(phase == TruthValue.FALSE);
  }

  private static byte all(int[] of, byte[] phases) {
    byte result = TruthValue.TRUE;
    for (int input : of) {
      if (phases[input] == TruthValue.FALSE) {
        return TruthValue.FALSE;
      }
      result = phases[input] == TruthValue.UNKNOWN ? TruthValue.UNKNOWN : result;
    }
    return result;
  }

  private static byte any(int[] of, byte[] phases) {
    byte result = TruthValue.FALSE;
    for (int input : of) {
      if (phases[input] == TruthValue.TRUE) {
        return TruthValue.TRUE;
      }
      result = phases[input] == TruthValue.UNKNOWN ? TruthValue.UNKNOWN : result;
    }
    return result;
  }

  byte motor(int index, @Nullable MotorState now) {
    return now == null ? TruthValue.UNKNOWN : TruthValue.of(now == motors[index]);
  }

  byte alarm(int index, OpenAlarmLookup alarms) {
    return TruthValue.of(alarms.anyOpen() && alarms.isOpen(patterns[index]));
  }
}
