package io.motorwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class RejectionCountersTest {

  private final Map<String, Counter> registered = new HashMap<>();

  /** Keeps counters by their scope: {@code group.group.name}. */
  private final class Recording extends UnregisteredMetricsGroup {

    private final String scope;

    Recording(String scope) {
      this.scope = scope;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return new Recording(scope + key + "=" + value + ".");
    }

    @Override
    public Counter counter(String name) {
      Counter counter = new SimpleCounter();
      registered.put(scope + name, counter);
      return counter;
    }
  }

  @Test
  void registersEachReasonBeforeItsFirstRejection() {
    var unused =
        new RejectionCounters(
            new Recording(""), Set.of(RejectReason.MALFORMED, RejectReason.TOO_LARGE));
    assertThat(registered)
        .containsOnlyKeys("reason=malformed.rejected", "reason=too-large.rejected");
  }

  @Test
  void countsAlsoWhatWasNotRegistered() {
    RejectionCounters counters = new RejectionCounters(new Recording(""), Set.of());
    counters.of(RejectReason.STALE).inc();
    counters.of(RejectReason.STALE).inc();
    assertThat(registered.get("reason=stale.rejected").getCount()).isEqualTo(2);
  }
}
