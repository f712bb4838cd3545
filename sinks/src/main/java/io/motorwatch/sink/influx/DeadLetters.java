package io.motorwatch.sink.influx;

import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.sink.LogRateLimiter;
import io.motorwatch.sink.influx.schema.RejectionPoints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a point the database refused as a point of {@code rejected}, with the database's reason:
 * failing the job would only repeat it indefinitely.
 */
final class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final DeliveryScheduler delivery;
  private final InfluxSinkMetrics metrics;
  private final RejectionPoints points = new RejectionPoints();
  private final LineEncoder encoder;
  private final LogRateLimiter log = new LogRateLimiter(Duration.ofSeconds(10));

  DeadLetters(DeliveryScheduler delivery, InfluxSinkMetrics metrics) {
    this.delivery = delivery;
    this.metrics = metrics;
    this.encoder = delivery.encoder();
  }

  /**
   * Takes one refused point.
   *
   * @param line exactly one line
   * @param now arrival time of the new point, epoch milliseconds
   */
  void write(LineBatch line, WriteResponse response, long now) {
    byte[] bytes = line.bytes();
    String text = new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
    if (log.permits()) {
      LOG.warn(
          "InfluxDB refuses a point for {} ({}); {} more since the last such message: {}",
          line.destination().tier(),
          response,
          log.takeHeld(),
          text.length() > 300 ? text.substring(0, 300) + "…" : text);
    }
    ParsedLineTags tags = ParsedLineTags.of(text);
    if (tags.measurement().equals(RejectionPoints.MEASUREMENT)) {
      // A dead letter of a dead letter would go round indefinitely.
      metrics.dropped(InfluxSinkMetrics.Drop.DEAD_LETTER_REFUSED, 1);
      return;
    }
    metrics.deadLetters.inc();
    points.serialize(
        new Rejection(
            RejectReason.REFUSED_BY_DATABASE,
            tags.get("site", "default"),
            tags.get("device", ""),
            "",
            response.toString(),
            Rejection.excerpt(Arrays.copyOf(bytes, bytes.length - 1)),
            now),
        encoder);
    encoder.endValue();
    delivery.flushIdle();
  }
}
