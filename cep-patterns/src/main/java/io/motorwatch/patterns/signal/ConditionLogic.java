package io.motorwatch.patterns.signal;

import io.motorwatch.patterns.motor.MotorState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Three-valued logic of all conditions except signals, by kind and index: asking a {@link
 * ConditionNode} for its type with each reading costs several times as much. Immutable.
 */
final class ConditionLogic {

  private final ConditionNode.Kind[] kinds;
  private final int[][] inputs;
  private final @Nullable MotorState[] motors;
  private final String[] patterns;
  private final @Nullable CountedReadings[] counted;
  private final int countedSize;

  ConditionLogic(List<ConditionNode> nodes) {
    int size = nodes.size();
    this.kinds = new ConditionNode.Kind[size];
    this.inputs = new int[size][];
    this.motors = new MotorState[size];
    this.patterns = new String[size];
    this.counted = new CountedReadings[size];
    int slots = 0;
    for (int i = 0; i < size; i++) {
      ConditionNode node = nodes.get(i);
      kinds[i] = node.kind();
      inputs[i] = node.inputs().stream().mapToInt(Integer::intValue).toArray();
      motors[i] = node instanceof ConditionNode.Motor motor ? motor.state() : null;
      patterns[i] = node instanceof ConditionNode.Alarm alarm ? alarm.pattern() : "";
      if (node instanceof ConditionNode.Counted each) {
        counted[i] = new CountedReadings(slots++, each, signals(each.what(), nodes));
      }
    }
    this.countedSize = slots;
  }

  /** The signals that a condition depends on. */
  private static int[] signals(int index, List<ConditionNode> nodes) {
    ConditionNode node = nodes.get(index);
    return node instanceof ConditionNode.Signal
        ? new int[] {index}
        : node.inputs().stream().flatMapToInt(i -> Arrays.stream(signals(i, nodes))).toArray();
  }

  /** How a condition counts readings; null where it counts none. */
  @Nullable CountedReadings counted(int index) {
    return counted[index];
  }

  /** How many conditions count readings. */
  int countedSize() {
    return countedSize;
  }

  ConditionNode.Kind kind(int index) {
    return kinds[index];
  }

  /** Whether a condition is composed of others. */
  boolean isComposed(int index) {
    ConditionNode.Kind kind = kinds[index];
    return kind == ConditionNode.Kind.NOT
        || kind == ConditionNode.Kind.ALL
        || kind == ConditionNode.Kind.ANY;
  }

  /** The truth value of a composed condition, by those of its inputs. */
  byte composed(int index, byte[] truths) {
    return switch (kinds[index]) {
      case NOT -> opposite(truths[inputs[index][0]]);
      case ALL -> all(inputs[index], truths);
      case ANY -> any(inputs[index], truths);
      default -> throw new IllegalArgumentException("condition " + index + " is not composed");
    };
  }

  private static byte opposite(byte truth) {
    if (truth == TruthValue.UNKNOWN) {
      return TruthValue.UNKNOWN;
    }
    return TruthValue.of(truth == TruthValue.FALSE);
  }

  private static byte all(int[] of, byte[] truths) {
    byte result = TruthValue.TRUE;
    for (int input : of) {
      if (truths[input] == TruthValue.FALSE) {
        return TruthValue.FALSE;
      }
      result = truths[input] == TruthValue.UNKNOWN ? TruthValue.UNKNOWN : result;
    }
    return result;
  }

  private static byte any(int[] of, byte[] truths) {
    byte result = TruthValue.FALSE;
    for (int input : of) {
      if (truths[input] == TruthValue.TRUE) {
        return TruthValue.TRUE;
      }
      result = truths[input] == TruthValue.UNKNOWN ? TruthValue.UNKNOWN : result;
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
