package io.motorwatch.patterns.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.Test;

/** What Flink CEP does that nobody would expect, and why sequences are run as they are. */
class FlinkTrapsTest {

  private static final long A = 1;
  private static final long B = 2;

  private static Pattern<SymbolEvent, SymbolEvent> a() {
    return Pattern.<SymbolEvent>begin("a").where(new SymbolCondition(A, 0));
  }

  /** Times at which something matched. */
  private static List<Long> run(
      Pattern<SymbolEvent, ?> pattern, AfterMatchSkipStrategy skip, SymbolEvent... events)
      throws Exception {
    NFA<SymbolEvent> nfa = NFACompiler.<SymbolEvent>compileFactory(pattern, false).createNFA();
    SharedBuffer<SymbolEvent> buffer =
        new SharedBuffer<>(
            new MemoryStateStore(), SymbolEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    NFAState state = nfa.createInitialNFAState();
    List<Long> matched = new ArrayList<>();
    for (SymbolEvent event : events) {
      try (SharedBufferAccessor<SymbolEvent> accessor = buffer.getAccessor()) {
        if (!nfa.advanceTime(accessor, state, event.at(), skip).f0.isEmpty()) {
          matched.add(event.at());
        }
        if (!nfa.process(accessor, state, event, event.at(), skip, () -> 0).isEmpty()) {
          matched.add(event.at());
        }
      }
    }
    buffer.releaseCacheStatisticsTimer();
    return matched;
  }

  private static SymbolEvent event(long symbol, long at) {
    return new SymbolEvent(symbol, at);
  }

  @Test
  void anEventAtExactlyTheEndOfTheWindowDoesNotCancelATrailingNotFollowedBy() throws Exception {
    Pattern<SymbolEvent, SymbolEvent> pattern =
        a().notFollowedBy("b").where(new SymbolCondition(B, 0)).within(Duration.ofMillis(10));
    AfterMatchSkipStrategy skip = AfterMatchSkipStrategy.noSkip();
    assertThat(run(pattern, skip, event(A, 0), event(B, 9), event(0, 20))).isEmpty();
    assertThat(run(pattern, skip, event(A, 0), event(B, 10))).containsExactly(10L);
  }

  @Test
  void aWindowBetweenEventsIsIgnoredWithinALoop() throws Exception {
    Pattern<SymbolEvent, SymbolEvent> pattern =
        a().timesOrMore(3)
            .within(Duration.ofMillis(10), WithinType.PREVIOUS_AND_CURRENT)
            .followedBy("b")
            .where(new SymbolCondition(B, 0));
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
    Pattern<SymbolEvent, SymbolEvent> pattern =
        a().followedBy("b").where(new SoonAfterCondition(new SymbolCondition(B, 0), "a", 2));
    SymbolEvent[] events = {event(A, 0), event(A, 5), event(B, 6), event(0, 1_000_000)};
    assertThat(run(pattern, AfterMatchSkipStrategy.skipPastLastEvent(), events)).isEmpty();
    assertThat(run(pattern, AfterMatchSkipStrategy.noSkip(), events)).containsExactly(6L);
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
      new SharedBuffer<>(store, SymbolEventSerializer.INSTANCE, new SharedBufferCacheConfig())
          .releaseCacheStatisticsTimer();
      names.add(asked);
    }
    assertThat(names.get(0)).hasSize(3).isEqualTo(names.get(1));
  }

  @Test
  void aSharedBufferStartsAThreadThatKeepsTheProcessAliveUntilReleased() {
    long before = timers();
    SharedBuffer<SymbolEvent> buffer =
        new SharedBuffer<>(
            new MemoryStateStore(), SymbolEventSerializer.INSTANCE, new SharedBufferCacheConfig());
    assertThat(timers()).isEqualTo(before + 1);
    buffer.releaseCacheStatisticsTimer();
  }

  private static long timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Timer-") && !thread.isDaemon())
        .count();
  }
}
