package io.motorwatch.patterns.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Unexpected behaviour of Flink CEP, and why sequences are run as they are. */
class FlinkTrapsTest {

  private static final long A = 1;
  private static final long B = 2;
  private static final long C = 4;

  private static Pattern<EdgeEvent, EdgeEvent> a() {
    return Pattern.<EdgeEvent>begin("a").where(new EdgeCondition(A, 0));
  }

  /** The state Flink keeps of one key, whatever pattern uses it. */
  private static final class NfaOfOneKey {
    private final SharedBuffer<EdgeEvent> buffer =
        new SharedBuffer<>(
            new MemoryStateStore(), EdgeEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    private @Nullable NFAState state;

    /** Times at which something matched. */
    List<Long> feed(Pattern<EdgeEvent, ?> pattern, AfterMatchSkipStrategy skip, EdgeEvent... events)
        throws Exception {
      NFA<EdgeEvent> nfa = NFACompiler.<EdgeEvent>compileFactory(pattern, false).createNFA();
      NFAState reached = state == null ? nfa.createInitialNFAState() : state;
      state = reached;
      List<Long> matched = new ArrayList<>();
      for (EdgeEvent event : events) {
        try (SharedBufferAccessor<EdgeEvent> accessor = buffer.getAccessor()) {
          if (!nfa.advanceTime(accessor, reached, event.at(), skip).f0.isEmpty()) {
            matched.add(event.at());
          }
          if (!nfa.process(accessor, reached, event, event.at(), skip, () -> 0).isEmpty()) {
            matched.add(event.at());
          }
        }
      }
      buffer.releaseCacheStatisticsTimer();
      return matched;
    }
  }

  private static List<Long> run(
      Pattern<EdgeEvent, ?> pattern, AfterMatchSkipStrategy skip, EdgeEvent... events)
      throws Exception {
    return new NfaOfOneKey().feed(pattern, skip, events);
  }

  private static EdgeEvent event(long type, long at) {
    return new EdgeEvent(type, at);
  }

  @Test
  void anEventAtExactlyTheEndOfTheWindowDoesNotCancelATrailingNotFollowedBy() throws Exception {
    Pattern<EdgeEvent, EdgeEvent> pattern =
        a().notFollowedBy("b").where(new EdgeCondition(B, 0)).within(Duration.ofMillis(10));
    AfterMatchSkipStrategy skip = AfterMatchSkipStrategy.noSkip();
    assertThat(run(pattern, skip, event(A, 0), event(B, 9), event(0, 20))).isEmpty();
    assertThat(run(pattern, skip, event(A, 0), event(B, 10))).containsExactly(10L);
  }

  @Test
  void aWindowBetweenEventsIsIgnoredWithinALoop() throws Exception {
    Pattern<EdgeEvent, EdgeEvent> pattern =
        a().timesOrMore(3)
            .within(Duration.ofMillis(10), WithinType.PREVIOUS_AND_CURRENT)
            .followedBy("b")
            .where(new EdgeCondition(B, 0));
    assertThat(
            run(
                pattern,
                AfterMatchSkipStrategy.noSkip(),
                event(A, 0),
                event(A, 1_000_000),
                event(A, 2_000_000),
                event(B, 2_000_005)))
        .containsExactly(2_000_005L);
  }

  @Test
  void skippingPastTheLastEventHoldsAMatchBackForABeginningBeforeIt() throws Exception {
    // The first beginning can no longer complete, but Flink does not know.
    Pattern<EdgeEvent, EdgeEvent> pattern =
        a().followedBy("b").where(new WithinTimeCondition(new EdgeCondition(B, 0), "a", 2));
    EdgeEvent[] events = {event(A, 0), event(A, 5), event(B, 6), event(0, 1_000_000)};
    assertThat(run(pattern, AfterMatchSkipStrategy.skipPastLastEvent(), events)).isEmpty();
    assertThat(run(pattern, AfterMatchSkipStrategy.noSkip(), events)).containsExactly(6L);
  }

  @Test
  void absenceOfAnEventIsFoundOncePerBeginningAndInPureSilence() throws Exception {
    // "High and not low for 10 ms" over raw samples: three alarms of one episode of which nobody
    // knows whether it went on after the third.
    Pattern<EdgeEvent, EdgeEvent> pattern =
        a().notFollowedBy("b").where(new EdgeCondition(B, 0)).within(Duration.ofMillis(10));
    EdgeEvent[] events = {
      event(A, 0), event(A, 1), event(A, 2), event(0, 10), event(0, 11), event(0, 12)
    };
    assertThat(run(pattern, AfterMatchSkipStrategy.noSkip(), events))
        .containsExactly(10L, 11L, 12L);
  }

  @Test
  void aPatternGoesOnWithWhatAnotherHasBegunOrFailsOverIt() throws Exception {
    AfterMatchSkipStrategy skip = AfterMatchSkipStrategy.noSkip();
    EdgeCondition other = new EdgeCondition(C, 0);
    NfaOfOneKey key = new NfaOfOneKey();
    assertThat(key.feed(a().followedBy("b").where(new EdgeCondition(B, 0)), skip, event(A, 0)))
        .isEmpty();
    // Of stages of the same names: what began with A and was to be completed by B is by C.
    Pattern<EdgeEvent, EdgeEvent> sameNames =
        Pattern.<EdgeEvent>begin("a").where(other).followedBy("b").where(other);
    assertThat(key.feed(sameNames, skip, event(C, 1))).containsExactly(1L);

    NfaOfOneKey otherKey = new NfaOfOneKey();
    assertThat(otherKey.feed(a().followedBy("b").where(other), skip, event(A, 0))).isEmpty();
    Pattern<EdgeEvent, EdgeEvent> otherNames = a().followedBy("c").where(other);
    assertThatThrownBy(() -> otherKey.feed(otherNames, skip, event(C, 1)))
        .hasMessageContaining("does not exist in the NFA");
  }

  @Test
  void everySharedBufferAsksForMapsOfTheSameNames() throws Exception {
    List<List<String>> names = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<String> asked = new ArrayList<>();
      MemoryStateStore store =
          new MemoryStateStore() {
            @Override
            public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
              asked.add(descriptor.getName());
              return super.getMapState(descriptor);
            }
          };
      new SharedBuffer<>(store, EdgeEventSerializer.INSTANCE, new SharedBufferCacheConfig())
          .releaseCacheStatisticsTimer();
      names.add(asked);
    }
    assertThat(names.get(0)).hasSize(3).isEqualTo(names.get(1));
  }

  @Test
  void aSharedBufferStartsAThreadThatKeepsTheProcessAliveUntilReleased() {
    // Not how many there are: those of other tests may end meanwhile.
    Set<Thread> before = timers();
    SharedBuffer<EdgeEvent> buffer =
        new SharedBuffer<>(
            new MemoryStateStore(), EdgeEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    assertThat(timers()).anyMatch(timer -> !before.contains(timer));
    buffer.releaseCacheStatisticsTimer();
  }

  private static Set<Thread> timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Timer-") && !thread.isDaemon())
        .collect(Collectors.toSet());
  }
}
