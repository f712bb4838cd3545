package io.motorwatch.source.decode;

import io.motorwatch.model.AlarmRequest;
import io.motorwatch.model.DeviceEvent;
import io.motorwatch.model.Reading;
import io.motorwatch.model.RejectReason;
import io.motorwatch.model.Rejection;
import io.motorwatch.model.RejectionCounters;
import io.motorwatch.model.RejectionLimit;
import io.motorwatch.model.serialization.DeviceEventSerializer;
import io.motorwatch.model.serialization.RejectionSerializer;
import io.motorwatch.source.mqtt.MqttMessage;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes messages in a Flink job: device events to the main output, the rest to side outputs. Its
 * only state is how many rejections were counted and not yet reported. It is an operator of its own
 * behind the source, so that a message that cannot be decoded is acknowledged and rejected, never
 * read again and again.
 */
public final class DecodeFunction extends ProcessFunction<MqttMessage, DeviceEvent>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Refused messages and readings. */
  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected", RejectionSerializer.INSTANCE.typeInfo(Rejection.class));

  /** Pattern files, as published. */
  public static final OutputTag<String> PATTERNS = new OutputTag<>("patterns", Types.STRING);

  /** Requests that do not say which device they are for. */
  public static final OutputTag<DeviceEvent> TO_ALL =
      new OutputTag<>("to-all", DeviceEventSerializer.INSTANCE.typeInfo(DeviceEvent.class));

  /** Counter: readings decoded. */
  public static final String DECODED_READINGS = "decodedReadings";

  /** Counter: values meant as numbers that were none, and what else was left out of messages. */
  public static final String DROPPED_VALUES = "droppedValues";

  /** All for which a message, or a reading of one, is rejected here. */
  private static final Set<RejectReason> REASONS =
      Set.of(
          RejectReason.MALFORMED,
          RejectReason.NO_TIMESTAMP,
          RejectReason.NO_FIELDS,
          RejectReason.REPLAYED,
          RejectReason.SIGNATURE,
          RejectReason.DEVICE_MISMATCH,
          RejectReason.TOO_LARGE,
          RejectReason.UNKNOWN_TOPIC);

  private final List<TopicTemplate> templates;
  private final SignatureVerifier verifier;
  private final int maxPayloadBytes;
  private final int rejectedPerMinute;

  private transient ListState<Rejection> unreportedState;
  private transient Wiring wiring;

  /**
   * See {@link MessageDecoder}.
   *
   * @param rejectedPerMinute rejections of one device, or of unknown topics, passed on in a minute;
   *     what is more is counted and reported in one
   */
  public DecodeFunction(
      List<TopicTemplate> templates,
      SignatureVerifier verifier,
      int maxPayloadBytes,
      int rejectedPerMinute) {
    this.rejectedPerMinute = rejectedPerMinute;
    this.templates = List.copyOf(templates);
    this.verifier = verifier;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    unreportedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("untold", RejectionSerializer.INSTANCE));
    RejectionLimit limit = new RejectionLimit(rejectedPerMinute);
    for (Rejection unreported : unreportedState.get()) {
      limit.restore(unreported);
    }
    wiring =
        new Wiring(
            new MessageDecoder(templates, verifier, maxPayloadBytes),
            limit,
            getRuntimeContext().getMetricGroup());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    unreportedState.update(wiring.limit.unreported());
  }

  @Override
  public void processElement(MqttMessage message, Context context, Collector<DeviceEvent> out) {
    wiring.decode(message, context, out);
  }

  /** One subtask's decoder with its counters; holds the outputs during a call. */
  private static final class Wiring implements MessageDecoder.Output {

    private final MessageDecoder decoder;
    private final RejectionLimit limit;
    private final Counter readings;
    private final Counter dropped;
    private final RejectionCounters rejected;
    private ProcessFunction<MqttMessage, DeviceEvent>.Context context;
    private Collector<DeviceEvent> out;

    Wiring(MessageDecoder decoder, RejectionLimit limit, MetricGroup metrics) {
      this.decoder = decoder;
      this.limit = limit;
      this.readings = metrics.counter(DECODED_READINGS, new SimpleCounter());
      this.dropped = metrics.counter(DROPPED_VALUES, new SimpleCounter());
      this.rejected = new RejectionCounters(metrics, REASONS);
    }

    void decode(
        MqttMessage message,
        ProcessFunction<MqttMessage, DeviceEvent>.Context context,
        Collector<DeviceEvent> out) {
      this.context = context;
      this.out = out;
      if (limit.isDue(message.arrivedAt())) {
        limit.sumUp(sum -> context.output(REJECTED, sum));
      }
      decoder.decode(message, this);
    }

    @Override
    public void event(DeviceEvent event) {
      if (event instanceof Reading) {
        readings.inc();
      } else if (event instanceof AlarmRequest request && request.toAll()) {
        context.output(TO_ALL, event);
        return;
      }
      out.collect(event);
    }

    @Override
    public void rejected(Rejection rejection) {
      rejected.of(rejection.reason()).inc();
      if (limit.admits(rejection)) {
        context.output(REJECTED, rejection);
      }
    }

    @Override
    public void dropped(int values) {
      dropped.inc(values);
    }

    @Override
    public void patterns(String document) {
      context.output(PATTERNS, document);
    }
  }
}
