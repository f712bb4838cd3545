package io.motorwatch.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.mqtt.BrokerAddress;
import io.motorwatch.mqtt.publish.OutgoingMessage;
import io.motorwatch.sink.FailOnce;
import io.motorwatch.sink.TestJob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that takes some messages only later. */
@Timeout(60)
class RefusedForNowITCase {

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private static final long COUNT = 600;
  private static final int TOPICS = 3;

  private final Map<String, Integer> tries = new ConcurrentHashMap<>();

  @BeforeEach
  void start() {
    FailOnce.disarm();
  }

  private static MqttSink<Long> sink(RefusingBroker broker) {
    return MqttSink.<Long>builder()
        .broker(BrokerAddress.of(broker.uri()))
        .clientId("sink-test")
        .serializer(
            (number, out) ->
                out.accept(
                    new OutgoingMessage(
                        "t/" + number % TOPICS,
                        number.toString().getBytes(StandardCharsets.UTF_8),
                        1,
                        true)))
        .build();
  }

  private int twice(String message, int code) {
    long number = Long.parseLong(message.substring(message.indexOf(' ') + 1));
    return number % 50 == 0 && tries.merge(message, 1, Integer::sum) <= 2 ? code : 0;
  }

  @ParameterizedTest
  @ValueSource(ints = {0x97, 0x83, 0x80})
  void repeatsWhatIsRefusedForNowAndAllBehindItOnItsTopic(
      int code, @InjectMiniCluster MiniCluster cluster) throws Exception {
    try (RefusingBroker broker = new RefusingBroker(message -> twice(message, code))) {
      TestJob.start(cluster, sink(broker), COUNT, 3_000).awaitEnd();
      for (int topic = 0; topic < TOPICS; topic++) {
        String name = "t/" + topic + ' ';
        List<String> taken = broker.taken().stream().filter(m -> m.startsWith(name)).toList();
        // A message may be repeated, but never be the newest again once a later one was.
        List<String> byLastTime =
            taken.stream()
                .distinct()
                .sorted((a, b) -> Integer.compare(taken.lastIndexOf(a), taken.lastIndexOf(b)))
                .toList();
        assertThat(byLastTime)
            .isEqualTo(
                LongStream.range(0, COUNT)
                    .filter(n -> name.equals("t/" + n % TOPICS + ' '))
                    .mapToObj(n -> name + n)
                    .toList());
      }
    }
  }

  @Test
  void doesNotHoldUpOtherTopics(@InjectMiniCluster MiniCluster cluster) throws Exception {
    try (RefusingBroker broker =
        new RefusingBroker(message -> message.startsWith("t/1 ") && othersMissing() ? 0x97 : 0)) {
      others = broker.taken();
      TestJob.start(cluster, sink(broker), COUNT, 3_000).awaitEnd();
      assertThat(broker.taken().stream().filter(m -> m.startsWith("t/1 ")).distinct())
          .hasSize((int) COUNT / TOPICS);
    }
  }

  private List<String> others = List.of();

  private boolean othersMissing() {
    return others.stream().filter(message -> !message.startsWith("t/1 ")).count()
        < COUNT - COUNT / TOPICS;
  }

  @Test
  void givesUpWhatIsRefusedForGood(@InjectMiniCluster MiniCluster cluster) throws Exception {
    try (RefusingBroker broker = new RefusingBroker(message -> message.endsWith(" 7") ? 0x87 : 0)) {
      TestJob.start(cluster, sink(broker), COUNT, 3_000).awaitEnd();
      assertThat(broker.taken()).hasSize((int) COUNT - 1).doesNotContain("t/1 7");
    }
  }
}
