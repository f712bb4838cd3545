package io.motorwatch.patterns.operator;

import io.motorwatch.model.Alarm;
import io.motorwatch.model.DeviceSilence;
import io.motorwatch.model.TimelineReading;
import io.motorwatch.patterns.definition.PatternSet;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * One device judged by a pattern set outside of any job, by the very code the job runs. For one
 * thread; {@link #close} is due.
 */
public final class SingleDeviceEvaluator implements AutoCloseable {

  private final PatternEvaluator rules;
  private final DeviceState state;
  private final Consumer<Alarm> out;

  /**
   * @param text the file the set was read from
   * @param out takes each transition as it happens
   */
  public SingleDeviceEvaluator(PatternSet set, String text, Consumer<Alarm> out) throws Exception {
    this.rules = new PatternEvaluator(set, text, noTask());
    this.state = rules.fresh();
    this.out = out;
  }

  /** Flink CEP wants a task's context for its conditions; ours never ask it for anything. */
  private static RuntimeContext noTask() {
    return (RuntimeContext)
        Proxy.newProxyInstance(
            SingleDeviceEvaluator.class.getClassLoader(),
            new Class<?>[] {RuntimeContext.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(
                  method.getName() + ": there is no task outside of a job");
            });
  }

  /** The next reading, not before the one before. */
  public void reading(TimelineReading reading) throws Exception {
    rules.judge(reading, state, out);
  }

  public void silence(DeviceSilence silence) throws Exception {
    rules.judgeSilence(silence, state, out);
  }

  @Override
  public void close() throws Exception {
    rules.close();
  }
}
