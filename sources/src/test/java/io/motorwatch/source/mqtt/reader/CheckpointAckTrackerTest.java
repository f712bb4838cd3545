package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointAckTrackerTest {

  private final List<Integer> acknowledged = new ArrayList<>();
  private int stale;
  private final CheckpointAckTracker tracker =
      new CheckpointAckTracker(ack -> acknowledged.add(ack.packetId()), () -> stale++);

  private FakeAck stage(int number) {
    FakeAck ack = new FakeAck("s", number);
    tracker.stage(ack);
    return ack;
  }

  @Test
  void acknowledgesInOrderOfReceiptOnceTheCheckpointIsComplete() {
    stage(1);
    stage(2);
    tracker.snapshot(10);
    assertThat(acknowledged).isEmpty();
    tracker.complete(10);
    assertThat(acknowledged).containsExactly(1, 2);
  }

  @Test
  void leavesWhatWasEmittedAfterTheBarrierToTheNextCheckpoint() {
    stage(1);
    tracker.snapshot(10);
    stage(2);
    tracker.complete(10);
    assertThat(acknowledged).containsExactly(1);
    tracker.snapshot(11);
    tracker.complete(11);
    assertThat(acknowledged).containsExactly(1, 2);
  }

  @Test
  void acknowledgesSubsumedCheckpointsWithTheOneThatCompletes() {
    stage(1);
    tracker.snapshot(10);
    stage(2);
    tracker.snapshot(11);
    stage(3);
    tracker.snapshot(12);
    tracker.complete(11);
    assertThat(acknowledged).containsExactly(1, 2);
    // A notification that comes late, or twice, changes nothing.
    tracker.complete(10);
    tracker.complete(11);
    assertThat(acknowledged).containsExactly(1, 2);
  }

  @Test
  void keepsTheMessagesOfAnAbortedCheckpointForTheNext() {
    stage(1);
    tracker.snapshot(10);
    stage(2);
    tracker.snapshot(11);
    tracker.complete(11);
    assertThat(acknowledged).containsExactly(1, 2);
  }

  @Test
  void coversASavepointOfWhichItIsNeverTold() {
    stage(1);
    tracker.snapshot(10);
    tracker.complete(10);
    stage(2);
    tracker.snapshot(11); // the savepoint
    stage(3);
    tracker.snapshot(12);
    tracker.complete(12);
    assertThat(acknowledged).containsExactly(1, 2, 3);
  }

  @Test
  void dropsAcknowledgementsOfEndedConnectionsAndCountsThem() {
    FakeAck first = stage(1);
    stage(2);
    tracker.snapshot(10);
    first.current = false;
    tracker.complete(10);
    assertThat(acknowledged).containsExactly(2);
    assertThat(stale).isEqualTo(1);
  }

  @Test
  void knowsTheOldestWaitingArrival() {
    assertThat(tracker.oldestArrival()).isEqualTo(CheckpointAckTracker.NONE);
    stage(1);
    tracker.snapshot(10);
    stage(2);
    tracker.snapshot(11);
    stage(3);
    assertThat(tracker.oldestArrival()).isEqualTo(1000);
    tracker.complete(10);
    assertThat(tracker.oldestArrival()).isEqualTo(2000);
    tracker.complete(11);
    assertThat(tracker.oldestArrival()).isEqualTo(3000);
    tracker.snapshot(12);
    tracker.complete(12);
    assertThat(tracker.oldestArrival()).isEqualTo(CheckpointAckTracker.NONE);
  }
}
