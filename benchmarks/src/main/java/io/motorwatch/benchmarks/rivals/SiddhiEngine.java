package io.motorwatch.benchmarks.rivals;

import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import java.util.Locale;
import java.util.SortedSet;

/**
 * Siddhi within this thread: one sequence per rule in a partition by device. Synchronous, which is
 * its default; its streams without buffers.
 */
final class SiddhiEngine implements Engine {

  private static final String ALARMS = "Alarms";

  @Override
  public String variant() {
    return "siddhi";
  }

  private static String query(HeldRule rule) {
    return String.format(
        Locale.ROOT,
        """
          from every e0=Samples,
            e1=Samples[load > %2$sd and (e0.load < %3$sd or at - e0.at > %5$dL)],
            e2=Samples[load >= %3$sd and at - e1.at < %4$dL
              and ifThenElse(e2[last].at is null, at - e1.at <= %5$dL, at - e2[last].at <= %5$dL)]+,
            e3=Samples[load >= %3$sd and at - e1.at >= %4$dL and at - e2[last].at <= %5$dL]
          select e1.device as device, '%1$s' as rule, e1.at as onset, e3.at as completed
          insert into Alarms;
        """,
        rule.name(),
        rule.above(),
        rule.reset(),
        rule.heldMs(),
        HeldRule.MAX_GAP_MS);
  }

  private static String app() {
    StringBuilder app =
        new StringBuilder(
            """
            define stream Samples (device string, at long, load double);
            define stream Alarms (device string, rule string, onset long, completed long);
            partition with (device of Samples) begin
            """);
    HeldRule.BOTH.forEach(rule -> app.append(query(rule)));
    return app.append("end;\n").toString();
  }

  @Override
  public SortedSet<Raised> evaluate(LoadStream stream) throws Exception {
    SiddhiManager manager = new SiddhiManager();
    SiddhiAppRuntime runtime = manager.createSiddhiAppRuntime(app());
    try {
      Findings findings = new Findings();
      runtime.addCallback(
          ALARMS,
          new StreamCallback() {
            @Override
            public void receive(Event[] events) {
              report(events, findings);
            }
          });
      runtime.start();
      InputHandler samples = runtime.getInputHandler("Samples");
      for (int i = 0; i < stream.size(); i++) {
        Sample sample = stream.get(i);
        samples.send(sample.at, new Object[] {sample.device, sample.at, sample.load});
      }
      return findings.all();
    } finally {
      runtime.shutdown();
      manager.shutdown();
    }
  }

  private static void report(Event[] events, Findings findings) {
    for (Event event : events) {
      findings.add(
          new Raised(
              (String) event.getData(0),
              (String) event.getData(1),
              (Long) event.getData(2),
              (Long) event.getData(3)));
    }
  }
}
