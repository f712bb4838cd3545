package io.motorwatch.source.mqtt.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointAckTrackerTest {

  private final List<Integer> acknowledged = new ArrayList<>();
  private int stale;
  private final CheckpointAckTracker tracker = new CheckpointAckTracker(() -> stale++);

  private final class Ack implements AckHandle {

    private final int number;
    private boolean current = true;

    Ack(int number) {
      this.number = number;
    }

    @Override
    public boolean acknowledge() {
      if (current) {
        acknowledged.add(number);
      }
      return current;
    }

    @Override
    public boolean current() {
      return current;
    }

    @Override
    public long arrivedAt() {
      return number * 1000L;
    }
  }

  private Ack stage(int number) {
    Ack ack = new Ack(number);
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
    Ack first = stage(1);
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
