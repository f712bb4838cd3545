package io.motorwatch.source.mqtt;

import io.motorwatch.source.mqtt.enumerator.MqttEnumerator;
import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorState;
import io.motorwatch.source.mqtt.enumerator.MqttEnumeratorStateSerializer;
import io.motorwatch.source.mqtt.reader.MqttSourceReader;
import io.motorwatch.source.mqtt.reader.SessionOptions;
import io.motorwatch.source.mqtt.split.MqttSessionSplit;
import io.motorwatch.source.mqtt.split.MqttSessionSplitSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * An unbounded source of MQTT messages that acknowledges each once a checkpoint holds its effect.
 *
 * <p><b>Guarantee.</b> With checkpoints on and {@link AckMode#CHECKPOINT} or {@link
 * AckMode#JOURNAL}, no message of QoS 1 or 2 that the broker accepted for the subscription is lost:
 * not by failures of the job, nor of the connection, nor of a broker that keeps its sessions. Nor
 * is any handed on twice: what the broker sends again is recognised by its packet identifier and
 * content, unless the broker comes back from a crash with an older state. Messages of QoS 0 may be
 * lost as always.
 *
 * <p><b>Without checkpoints</b> nothing is ever acknowledged, and the stream stops after one
 * Receive Maximum.
 *
 * <p><b>Sessions.</b> The number of broker sessions is fixed by {@link
 * MqttSourceBuilder#sessions(int)} and independent of the parallelism; more than one share the
 * telemetry subscription, which gives up the order of one device's messages between them. Their
 * client ids are {@code prefix-0}, {@code prefix-1} and so on, and must be unique at the broker.
 * When it changes between two starts from a checkpoint or savepoint, sessions that are no longer
 * wanted are unsubscribed, read until the broker has nothing left for them, and then ended.
 *
 * <p><b>Rate.</b> With {@link AckMode#CHECKPOINT} a session carries at most Receive Maximum
 * messages per checkpoint interval plus duration.
 */
public final class MqttSource
    implements Source<MqttMessage, MqttSessionSplit, MqttEnumeratorState>,
        SupportsSplitReassignmentOnRecovery,
        ResultTypeQueryable<MqttMessage> {

  private static final long serialVersionUID = 1L;

  private final SessionOptions options;
  private final SubscriptionPlan plan;

  MqttSource(SessionOptions options, SubscriptionPlan plan) {
    this.options = options;
    this.plan = plan;
  }

  public static MqttSourceBuilder builder() {
    return MqttSourceBuilder.create();
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<MqttMessage, MqttSessionSplit> createReader(SourceReaderContext context) {
    return MqttSourceReader.create(options, context);
  }

  @Override
  public SplitEnumerator<MqttSessionSplit, MqttEnumeratorState> createEnumerator(
      SplitEnumeratorContext<MqttSessionSplit> context) {
    return new MqttEnumerator(context, sessions(), plan.retainedAmongMixed(), null);
  }

  @Override
  public SplitEnumerator<MqttSessionSplit, MqttEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<MqttSessionSplit> context, MqttEnumeratorState state) {
    return new MqttEnumerator(context, sessions(), plan.retainedAmongMixed(), state);
  }

  /** The broker sessions this source reads. */
  public List<MqttSessionSplit> sessions() {
    return plan.sessions();
  }

  @Override
  public SimpleVersionedSerializer<MqttSessionSplit> getSplitSerializer() {
    return new MqttSessionSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<MqttEnumeratorState> getEnumeratorCheckpointSerializer() {
    return new MqttEnumeratorStateSerializer();
  }

  @Override
  public TypeInformation<MqttMessage> getProducedType() {
    return MqttMessage.TYPE_INFO;
  }
}
