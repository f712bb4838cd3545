package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.config.CommandsConfig;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.PatternFileUpdate;
import io.motorwatch.model.Rejection;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatternGateTest {

  private static final int KEY_GROUPS = 128;
  private static final String CONFIGURED = file(3, "5s");

  private OneInputStreamOperatorTestHarness<String, DeviceEvent> harness;

  private static String file(int version, String lasting) {
    return """
    apiVersion: motorwatch/v1
    version: %d
    signals: {high: {value: current, above: 10}}
    patterns: {a: {sequence: [{on: high, for: %s}]}}
    """
        .formatted(version, lasting);
  }

  private static OneInputStreamOperatorTestHarness<String, DeviceEvent> harness(
      String configured, boolean live) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new ProcessOperator<>(
            new PatternGate(configured, live, new CommandsConfig(false), KEY_GROUPS)));
  }

  @BeforeEach
  void open() throws Exception {
    harness = harness(CONFIGURED, true);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void publish(String text) throws Exception {
    harness.processElement(text, 0);
  }

  private List<Rejection> refused() {
    var output = harness.getSideOutput(PatternGate.REJECTED);
    return output == null ? List.of() : output.stream().map(record -> record.getValue()).toList();
  }

  @Test
  void aFileOfAHigherVersionGoesToEveryKeyGroup() throws Exception {
    publish(file(4, "2s"));
    Set<Integer> groups =
        harness.extractOutputValues().stream()
            .map(event -> event.device().path())
            .map(key -> KeyGroupRangeAssignment.assignToKeyGroup(key, KEY_GROUPS))
            .collect(Collectors.toSet());
    assertThat(groups).hasSize(KEY_GROUPS);
    assertThat(harness.extractOutputValues()).hasSize(KEY_GROUPS);
    assertThat(harness.extractOutputValues())
        .allSatisfy(event -> assertThat(((PatternFileUpdate) event).version()).isEqualTo(4));
    assertThat(refused()).isEmpty();
  }

  @Test
  void theFileInForceOnceMoreIsFine() throws Exception {
    publish(CONFIGURED);
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(refused()).isEmpty();
    assertThat(verdicts())
        .singleElement()
        .asString()
        .contains("\"version\":3,\"state\":\"in-force\"");
  }

  private List<String> verdicts() {
    var output = harness.getSideOutput(PatternGate.VERDICTS);
    return output == null ? List.of() : output.stream().map(record -> record.getValue()).toList();
  }

  @Test
  void itsPublisherLearnsWhatBecameOfTheFile() throws Exception {
    harness.setProcessingTime(1_234);
    publish(file(4, "2s"));
    publish(file(5, "soon"));
    publish(file(4, "3s"));
    publish("a: [1");
    assertThat(verdicts())
        .element(0)
        .isEqualTo(
            "{\"version\":4,\"state\":\"in-force\",\"at\":1234,\"faults\":[],\"checksum\":\"%s\"}"
                .formatted(PatternVerdict.checksum(file(4, "2s"))));
    assertThat(verdicts().get(1))
        .startsWith("{\"version\":5,\"state\":\"refused\",\"at\":1234,\"faults\":[{\"line\":4,")
        .contains("\"column\":43,\"message\":\"for must be a duration");
    assertThat(verdicts().get(2)).contains("version 4 is not higher than 4");
    assertThat(verdicts().get(3)).startsWith("{\"state\":\"refused\"").contains("not YAML");
  }

  @Test
  void aBadFileIsRefusedWithLineAndColumnAndTheOneInForceStays() throws Exception {
    publish(file(4, "soon"));
    assertThat(refused().get(0).detail()).contains("line 4, column 43: for must be a duration");
    publish("a: [1");
    assertThat(refused().get(1).detail()).contains("not YAML");
    assertThat(harness.extractOutputValues()).isEmpty();
    publish(file(4, "2s"));
    assertThat(harness.extractOutputValues()).hasSize(KEY_GROUPS);
  }

  @Test
  void anotherTextWithoutAHigherVersionIsRefused() throws Exception {
    publish(file(3, "2s"));
    assertThat(refused().get(0).detail()).contains("version 3 is not higher than 3");
    assertThat(refused().get(0).reason().code()).isEqualTo("patterns-refused");
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void whatWasTakenIsInForceAfterARestartUnlessTheConfiguredFileIsNewer() throws Exception {
    publish(file(4, "2s"));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(CONFIGURED, true);
    harness.initializeState(state);
    harness.open();
    publish(file(4, "1s"));
    assertThat(refused()).hasSize(1);
    harness.close();
    harness = harness(file(9, "1s"), true);
    harness.initializeState(state);
    harness.open();
    publish(file(8, "1s"));
    assertThat(refused().get(0).detail()).contains("not higher than 9");
  }

  @Test
  void withoutLiveChangesAPublishedFileIsRefused() throws Exception {
    harness.close();
    harness = harness(CONFIGURED, false);
    harness.open();
    publish(file(4, "2s"));
    assertThat(refused().get(0).detail()).contains("patterns.live is false");
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void aFileNestedTooDeeplyIsRefusedAndTheJobGoesOn() throws Exception {
    publish("[".repeat(3_000) + "]".repeat(3_000));
    assertThat(refused().get(0).detail()).contains("nested deeper than 40 levels");
    publish(file(4, "2s"));
    assertThat(harness.extractOutputValues()).hasSize(KEY_GROUPS);
  }

  @Test
  void aFileThatTakesMoreStackThanThereIsIsRefusedAndTheJobGoesOn() throws Exception {
    String deep = file(4, "2s").replace("current", "1" + " + 1".repeat(200));
    PatternFileParser.parse(deep); // Its classes are loaded now, where there is stack enough.
    withLittleStack(
        () -> {
          publish(deep);
          return null;
        });
    assertThat(refused().get(0).detail()).contains("checking the file failed");
    assertThat(refused().get(0).reason().code()).isEqualTo("patterns-refused");
    publish(file(4, "2s"));
    assertThat(harness.extractOutputValues()).hasSize(KEY_GROUPS);
  }

  private static void withLittleStack(Callable<Void> work) throws Exception {
    FutureTask<Void> task = new FutureTask<>(work);
    new Thread(null, task, "little stack", 160 << 10).start();
    task.get();
  }
}
