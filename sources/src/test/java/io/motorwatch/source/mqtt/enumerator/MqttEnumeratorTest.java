package io.motorwatch.source.mqtt.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.Subscription;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MqttEnumeratorTest {

  private static List<MqttSessionSplit> sessions(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new MqttSessionSplit(i, "s-" + i, List.of(new Subscription("a/#", false)), false))
        .toList();
  }

  private static MqttEnumerator start(
      FakeEnumeratorContext context, int sessions, @Nullable MqttEnumeratorState state) {
    MqttEnumerator enumerator = new MqttEnumerator(context, sessions(sessions), state);
    enumerator.start();
    for (int i = 0; i < context.currentParallelism(); i++) {
      enumerator.addReader(i);
    }
    return enumerator;
  }

  @Test
  void spreadsTheSessionsRoundTheSubtasks() {
    FakeEnumeratorContext context = new FakeEnumeratorContext(2);
    start(context, 5, null);
    assertThat(context.assigned).containsExactly("0:s-0", "0:s-2", "0:s-4", "1:s-1", "1:s-3");
  }

  @Test
  void leavesSubtasksWithoutSessionsAlone() {
    FakeEnumeratorContext context = new FakeEnumeratorContext(4);
    start(context, 1, null);
    assertThat(context.assigned).containsExactly("0:s-0");
  }

  @Test
  void assignsEverySessionOnceAtAnyParallelismAfterARestart() {
    MqttEnumeratorState state = start(new FakeEnumeratorContext(4), 4, null).snapshotState(1);
    for (int parallelism : new int[] {1, 2, 3, 4, 8}) {
      FakeEnumeratorContext context = new FakeEnumeratorContext(parallelism);
      start(context, 4, state);
      assertThat(context.splits)
          .extracting(MqttSessionSplit::clientId)
          .containsExactlyInAnyOrder("s-0", "s-1", "s-2", "s-3");
    }
  }

  @Test
  void givesARestartedSubtaskItsSessionsBackAndNoOtherSubtaskAny() {
    FakeEnumeratorContext context = new FakeEnumeratorContext(2);
    MqttEnumerator enumerator = start(context, 4, null);
    context.assigned.clear();
    enumerator.addSplitsBack(sessions(4).subList(1, 2), 1);
    assertThat(context.assigned).isEmpty();
    enumerator.addReader(1);
    assertThat(context.assigned).containsExactly("1:s-1", "1:s-3");
  }

  @Test
  void expectsASessionToExistOnceAReaderHasToldSo() {
    FakeEnumeratorContext first = new FakeEnumeratorContext(1);
    MqttEnumerator enumerator = start(first, 2, null);
    assertThat(first.splits).noneMatch(MqttSessionSplit::established);
    enumerator.handleSourceEvent(0, new SessionEstablishedEvent("s-1"));

    FakeEnumeratorContext second = new FakeEnumeratorContext(1);
    start(second, 2, enumerator.snapshotState(7));
    assertThat(second.splits)
        .filteredOn(MqttSessionSplit::established)
        .extracting(MqttSessionSplit::clientId)
        .containsExactly("s-1");
  }

  @Test
  void remembersSessionsThatTheConfigurationNoLongerHas() {
    MqttEnumeratorState state = new MqttEnumeratorState(Set.of("s-0", "s-9"));
    MqttEnumerator enumerator = start(new FakeEnumeratorContext(1), 1, state);
    assertThat(enumerator.snapshotState(1)).isEqualTo(state);
  }
}
