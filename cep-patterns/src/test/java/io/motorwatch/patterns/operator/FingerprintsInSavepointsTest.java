package io.motorwatch.patterns.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.signal.ConditionTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * State is found by fingerprints of texts, and these stand in savepoints: a word renamed in one of
 * the texts would drop the state of every device.
 */
class FingerprintsInSavepointsTest {

  private static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: 1
      signals:
        high: {value: current, above: 10}
        low: {value: 'mean(current, 5m)', below: 0.9}
      patterns:
        plain: {sequence: [{on: high}]}
        own: {sequence: [{on: high}], overrides: {other: {signals: {high: {above: 20}}}}}
        off: {sequence: [{off: high, for: 5s}]}
        all: {sequence: [{all: [{on: high}, {state: RUN}], for: 5s}]}
        any: {sequence: [{any: [{on: high}, {on: low}], for: 5s}]}
        state: {sequence: [{state: STOP}]}
        silence: {sequence: [{on: silent}]}
        repeated: {sequence: [{on: high, times: 3}, {on: low, not: {state: STOP}}], within: 1h}
        follows: {sequence: [{alarm: plain}, {on: low}], within: 1h}
      """;

  @Test
  void neverChange() throws Exception {
    List<String> found = new ArrayList<>();
    try (OperatorHarness operator = new OperatorHarness(FILE)) {
      PatternSet set = PatternFileParser.parse(FILE);
      ConditionTable table = new ConditionTable(set);
      List<CompiledPattern> patterns =
          PatternCompiler.compile(set, table, operator.runtimeContext());
      for (CompiledPattern pattern : patterns) {
        PatternDefinition definition = set.patterns().get(found.size());
        long last = table.ownId(table.indexOf(definition.lastStep().what(), definition));
        found.add("%s %016x %016x".formatted(definition.id(), pattern.fingerprint(), last));
      }
    }
    assertThat(found)
        .containsExactly(
            "plain a513f38d1909c794 aa6ae937eaebd1aa",
            "own bbffbf5e62727a26 deeec771a8369b3a",
            "off 90a4245a5184e7c4 530db8b666681cd2",
            "all 8110abfdf2bb88a3 ca062da849707eb8",
            "any 4f61a92fb595351c a084ea0902dbce4b",
            "state 8d1134e9b8057f48 1c9ebcc091bdca56",
            "silence 4456ba852fcdad63 5a9b9fc8e986cc2f",
            "repeated 25af9b4f9ab38069 60f9cb2e686d3c50",
            "follows 2ec14345c564ac01 60f9cb2e686d3c50");
  }
}
