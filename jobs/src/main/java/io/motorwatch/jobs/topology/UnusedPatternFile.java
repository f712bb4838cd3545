package io.motorwatch.jobs.topology;

import io.motorwatch.model.DeviceId;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.source.decode.MessageDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.MapFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a pattern file published over MQTT was not taken. */
final class UnusedPatternFile implements MapFunction<String, Rejection> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(UnusedPatternFile.class);
  private static final String DETAIL =
      "this version takes patterns from its file only: change patterns.file and start again";

  @Override
  public Rejection map(String document) {
    LOG.warn("A pattern file on {} was not taken: {}", MessageDecoder.PATTERNS_TOPIC, DETAIL);
    return new Rejection(
        RejectReason.UNKNOWN_TOPIC,
        DeviceId.DEFAULT_SITE,
        "",
        MessageDecoder.PATTERNS_TOPIC,
        DETAIL,
        Rejection.excerpt(document.getBytes(StandardCharsets.UTF_8)),
        System.currentTimeMillis());
  }
}
