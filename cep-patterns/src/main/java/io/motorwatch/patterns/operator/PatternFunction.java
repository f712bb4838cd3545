package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.AlarmState;
import io.motorwatch.model.ClockSetBack;
import io.motorwatch.model.DeviceForgotten;
import io.motorwatch.model.TimelineEvent;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Judges devices by patterns: signals, Flink CEP and the life of alarms in one operator, keyed by
 * {@code site/device}. Takes a device's readings in the order of its own time and emits an alarm's
 * transition with the very reading that brings it about. No watermark, no timer.
 *
 * <p>All state is keyed and its result a pure function of the device's readings, so that replay
 * after a failure gives the same alarms with the same ids.
 */
public final class PatternFunction extends KeyedProcessFunction<String, TimelineEvent, Alarm>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  private final String patternFile;
  private transient @Nullable RuleSet rules;
  private transient ValueState<DeviceState> states;
  private transient Counter raised;
  private transient Counter cleared;

  /**
   * @param patternFile the text of a pattern file
   * @throws InvalidFileException with every fault of it
   */
  @SuppressWarnings("NullAway.Init") // Transient fields are set when the operator is opened.
  public PatternFunction(String patternFile) throws InvalidFileException {
    PatternFileParser.parse(patternFile);
    this.patternFile = patternFile;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    states =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("device", DeviceStateSerializer.INSTANCE));
    PatternSet set = PatternFileParser.parse(patternFile);
    TimerService noClock = System::currentTimeMillis;
    rules = new RuleSet(set, context.getKeyedStateStore(), getRuntimeContext(), noClock);
  }

  @Override
  public void open(OpenContext context) {
    raised = getRuntimeContext().getMetricGroup().counter("alarmsRaised");
    cleared = getRuntimeContext().getMetricGroup().counter("alarmsCleared");
  }

  @Override
  public void processElement(TimelineEvent event, Context context, Collector<Alarm> out)
      throws Exception {
    RuleSet judge = rules;
    if (judge != null && event instanceof TimelineReading reading && !reading.late()) {
      states.update(judge.judge(reading, states.value(), alarm -> emit(alarm, out)));
    } else if (judge != null && event instanceof ClockSetBack setBack) {
      end(Ending.clockSetBack(setBack), judge, out);
    } else if (judge != null && event instanceof DeviceForgotten forgotten) {
      end(Ending.forgotten(forgotten), judge, out);
    }
  }

  private void end(Ending ending, RuleSet judge, Collector<Alarm> out) throws Exception {
    judge.end(ending, states.value(), alarm -> emit(alarm, out));
    states.clear();
  }

  private void emit(Alarm alarm, Collector<Alarm> out) {
    if (alarm.state() == AlarmState.RAISED) {
      raised.inc();
    } else if (alarm.state() == AlarmState.CLEARED) {
      cleared.inc();
    }
    out.collect(alarm);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    // Keyed state is snapshotted by Flink; nothing is kept elsewhere.
  }

  @Override
  public void close() throws Exception {
    if (rules != null) {
      rules.close();
    }
  }
}
