package io.motorwatch.patterns.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.configuration.CEPCacheOptions;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Unexpected behaviour of Flink's own CEP operator, and why motorwatch has its own. */
class FlinkOperatorTrapsTest {

  private static final long A = 1;
  private static final long B = 2;
  private static final String SLOTS = CEPCacheOptions.CEP_SHARED_BUFFER_EVENT_CACHE_SLOTS.key();

  private static KeyedOneInputStreamOperatorTestHarness<String, EdgeEvent, String> harness(
      WithinType within) throws Exception {
    Pattern<EdgeEvent, ?> pattern =
        Pattern.<EdgeEvent>begin("a")
            .where(new EdgeCondition(A, 0))
            .followedBy("b")
            .where(new EdgeCondition(B, 0))
            .within(Duration.ofMillis(10), within);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new CepOperator<>(
            EdgeEventSerializer.INSTANCE,
            false,
            NFACompiler.<EdgeEvent>compileFactory(pattern, true),
            null,
            AfterMatchSkipStrategy.noSkip(),
            new MatchesAndTimeouts(),
            null),
        event -> "motor",
        Types.STRING);
  }

  /** Emits matches and timed-out partial matches. */
  private static final class MatchesAndTimeouts extends PatternProcessFunction<EdgeEvent, String>
      implements TimedOutPartialMatchHandler<EdgeEvent> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processMatch(
        Map<String, List<EdgeEvent>> match, Context context, Collector<String> out) {
      out.collect("match");
    }

    @Override
    public void processTimedOutMatch(Map<String, List<EdgeEvent>> match, Context context) {
      context.output(TIMED_OUT, "too late");
    }

    static final OutputTag<String> TIMED_OUT = new OutputTag<>("timed-out", Types.STRING);
  }

  private static List<String> timedOut(
      KeyedOneInputStreamOperatorTestHarness<String, EdgeEvent, String> harness) {
    var output = harness.getSideOutput(MatchesAndTimeouts.TIMED_OUT);
    return output == null ? List.of() : output.stream().map(each -> each.getValue()).toList();
  }

  @Test
  void aWindowOfAWholeSequenceHasATimerAndEndsWithTime() throws Exception {
    try (var harness = harness(WithinType.FIRST_AND_LAST)) {
      harness.open();
      harness.processElement(new EdgeEvent(A, 1_000), 1_000);
      harness.processWatermark(1_000);
      assertThat(harness.numEventTimeTimers()).isEqualTo(1);
      harness.processWatermark(1_000_000);
      assertThat(timedOut(harness)).containsExactly("too late");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aWindowBetweenEventsHasNoTimerAndOnlyEndsWithAnotherEvent() throws Exception {
    try (var harness = harness(WithinType.PREVIOUS_AND_CURRENT)) {
      harness.open();
      harness.processElement(new EdgeEvent(A, 1_000), 1_000);
      harness.processWatermark(1_000);
      assertThat(harness.numEventTimeTimers()).isZero();
      harness.processWatermark(1_000_000);
      assertThat(timedOut(harness)).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.processElement(new EdgeEvent(0, 1_000_001), 1_000_001);
      harness.processWatermark(1_000_001);
      assertThat(timedOut(harness)).containsExactly("too late");
    }
  }

  @Test
  void theCacheOptionsOfTheJobsConfigurationAreNotRead() throws Exception {
    Configuration nonsense = new Configuration();
    nonsense.setString(SLOTS, "many");
    try (var harness = harness(WithinType.FIRST_AND_LAST)) {
      harness.getEnvironment().getJobConfiguration().addAll(nonsense);
      harness.getExecutionConfig().setGlobalJobParameters(nonsense);
      assertThatCode(harness::open).doesNotThrowAnyException();
    }
    try (var harness = harness(WithinType.FIRST_AND_LAST)) {
      // They are looked for where no user can put them: in the operator's own settings.
      harness.getStreamConfig().getConfiguration().addAll(nonsense);
      assertThatThrownBy(harness::open)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(SLOTS);
    }
  }
}
