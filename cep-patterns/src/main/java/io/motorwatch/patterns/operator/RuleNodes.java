package io.motorwatch.patterns.operator;

/**
 * Where a rule's conditions are in the condition table.
 *
 * @param first its first step's, or {@link #NONE} where that is an alarm
 * @param clear the one that clears its alarm
 * @param deciding the signal whose value its alarms report, or {@link #NONE}
 */
record RuleNodes(int first, int clear, int deciding) {

  static final int NONE = -1;

  boolean hasFirst() {
    return first != NONE;
  }

  boolean hasDeciding() {
    return deciding != NONE;
  }
}
