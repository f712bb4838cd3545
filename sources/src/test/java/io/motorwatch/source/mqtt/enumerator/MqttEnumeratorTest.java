package io.motorwatch.source.mqtt.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState.HeldSession;
import io.motorwatch.source.mqtt.split.EmittedMessages;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.SessionProgress;
import io.motorwatch.source.mqtt.split.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MqttEnumeratorTest {

  private static List<MqttSessionSplit> sessions(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                MqttSessionSplit.fresh(
                    i, "s-" + i, List.of(new Subscription("a/#", false)), List.of()))
        .toList();
  }

  private static MqttEnumerator start(
      FakeEnumeratorContext context, int sessions, @Nullable MqttEnumeratorState state) {
    MqttEnumerator enumerator =
        new MqttEnumerator(context, sessions(sessions), List.of("a/s"), state);
    enumerator.start();
    for (int i = 0; i < context.currentParallelism(); i++) {
      context.register(i, List.of());
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
  void drainsSessionsThatTheConfigurationNoLongerHasOnceTheOthersAreSubscribed() {
    MqttEnumeratorState state =
        new MqttEnumeratorState(
            Map.of(
                "s-0", new HeldSession(true, Set.of("$share/s/a/#")),
                "s-1", new HeldSession(true, Set.of("$share/s/a/#")),
                "s-2", new HeldSession(false, Set.of("b"))),
            Map.of());
    FakeEnumeratorContext context = new FakeEnumeratorContext(2);
    MqttEnumerator enumerator = start(context, 1, state);
    assertThat(context.assigned).containsExactly("0:s-0");
    assertThat(context.splits.get(0).formerFilters()).containsExactly("$share/s/a/#");
    assertThat(enumerator.snapshotState(1).held()).containsKeys("s-0", "s-1", "s-2");

    enumerator.handleSourceEvent(0, new SessionEstablishedEvent("s-0"));
    assertThat(context.assigned).containsExactly("0:s-0", "0:s-2", "1:s-1");
    assertThat(context.splits.subList(1, 3))
        .containsExactly(
            MqttSessionSplit.fresh(2, "s-2", List.of(), List.of()).held(false, List.of("b")),
            MqttSessionSplit.fresh(1, "s-1", List.of(), List.of("a/s"))
                .held(true, List.of("$share/s/a/#")));

    enumerator.handleSourceEvent(1, new SessionDrainedEvent("s-1"));
    assertThat(enumerator.snapshotState(2).held())
        .containsOnly(
            Map.entry("s-0", new HeldSession(true, Set.of("a/#"))),
            Map.entry("s-2", new HeldSession(false, Set.of("b"))));
    context.assigned.clear();
    enumerator.addReader(0);
    enumerator.addReader(1);
    assertThat(context.assigned).containsExactly("0:s-0", "0:s-2");
  }

  @Test
  void remembersWhatASessionMaySubscribeToBeforeItDoes() {
    MqttEnumerator enumerator = start(new FakeEnumeratorContext(1), 1, null);
    assertThat(enumerator.snapshotState(1).held())
        .containsOnly(Map.entry("s-0", new HeldSession(false, Set.of("a/#"))));
  }

  private static MqttSessionSplit reported(int session, int packetId) {
    EmittedMessages emitted = new EmittedMessages();
    emitted.add(packetId, 1);
    return sessions(session + 1).get(session).withProgress(new SessionProgress(emitted, 12));
  }

  @Test
  void handsOnWhatMayComeAgainWhicheverReaderKnewOfIt() {
    FakeEnumeratorContext context = new FakeEnumeratorContext(2);
    MqttEnumerator enumerator = new MqttEnumerator(context, sessions(2), List.of(), null);
    enumerator.start();
    context.register(1, List.of(reported(0, 7)));
    enumerator.addReader(1);
    // The other's state may know more.
    assertThat(context.assigned).isEmpty();
    context.register(0, List.of(reported(1, 8)));
    enumerator.addReader(0);
    assertThat(context.splits).containsExactly(reported(0, 7), reported(1, 8));

    context.splits.clear();
    context.register(1, List.of(reported(1, 9)));
    enumerator.addReader(1);
    assertThat(context.splits).containsExactly(reported(1, 9));
  }

  @Test
  void keepsWhatMayComeAgainWhenAReaderFailsBeforeTheFirstCheckpoint() {
    FakeEnumeratorContext context = new FakeEnumeratorContext(1);
    MqttEnumerator enumerator = new MqttEnumerator(context, sessions(1), List.of(), null);
    enumerator.start();
    context.register(0, List.of(reported(0, 7)));
    enumerator.addReader(0);
    context.splits.clear();
    enumerator.addSplitsBack(List.of(reported(0, 7)), 0);
    context.register(0, List.of());
    enumerator.addReader(0);
    assertThat(context.splits).containsExactly(reported(0, 7));
  }

  @Test
  void handsOnWhatMayComeAgainOfASessionToBeDrained() {
    MqttEnumeratorState state =
        new MqttEnumeratorState(Map.of("s-1", new HeldSession(true, Set.of("a/#"))), Map.of());
    FakeEnumeratorContext context = new FakeEnumeratorContext(1);
    MqttEnumerator enumerator = new MqttEnumerator(context, sessions(1), List.of(), state);
    context.register(0, List.of(reported(1, 8)));
    enumerator.addReader(0);
    // The job fails before the session is given out: until then only the enumerator knows.
    MqttEnumeratorState later = enumerator.snapshotState(1);
    context = new FakeEnumeratorContext(1);
    enumerator = new MqttEnumerator(context, sessions(1), List.of(), later);
    context.register(0, List.of());
    enumerator.addReader(0);
    enumerator.handleSourceEvent(0, new SessionEstablishedEvent("s-0"));
    assertThat(context.splits.get(1).clientId()).isEqualTo("s-1");
    assertThat(context.splits.get(1).progress().emitted().contains(8, 1)).isTrue();
  }
}
