package io.motorwatch.benchmarks.rivals;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompiler;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import java.util.Locale;
import java.util.SortedSet;

/**
 * Esper within this thread: one {@code match_recognize} per rule, partitioned by device. The rise
 * is found by {@code prev}, so that a healthy device has no state of a match. Its own clock is off:
 * all conditions are about the samples' time.
 */
final class EsperEngine implements Engine {

  @Override
  public String variant() {
    return "esper";
  }

  private static String statement(HeldRule rule) {
    return String.format(
        Locale.ROOT,
        """
        create context ByDevice partition by device from Sample;
        @name('%1$s') context ByDevice select * from Sample
        match_recognize (
          measures O.device as device, O.at as onset, C.at as completed
          pattern (O H* C)
          define
            O as O.load > %2$s
              and (prev(O.load, 1) < %3$s or O.at - prev(O.at, 1) > %5$dL),
            H as H.load >= %3$s and H.at - prev(H.at, 1) <= %5$dL and H.at - O.at < %4$dL,
            C as C.load >= %3$s and C.at - prev(C.at, 1) <= %5$dL and C.at - O.at >= %4$dL
        )
        """,
        rule.name(),
        rule.above(),
        rule.reset(),
        rule.heldMs(),
        HeldRule.MAX_GAP_MS);
  }

  @Override
  public SortedSet<Raised> evaluate(LoadStream stream) throws Exception {
    Configuration configuration = new Configuration();
    configuration.getCommon().addEventType("Sample", Sample.class);
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    EPRuntime runtime = EPRuntimeProvider.getRuntime("bench", configuration);
    try {
      Findings findings = new Findings();
      EPCompiler compiler = EPCompilerProvider.getCompiler();
      for (HeldRule rule : HeldRule.BOTH) {
        EPCompiled compiled =
            compiler.compile(statement(rule), new CompilerArguments(configuration));
        for (EPStatement statement :
            runtime.getDeploymentService().deploy(compiled).getStatements()) {
          // That of the context has no output.
          statement.addListener((matches, removed, source, at) -> report(rule, matches, findings));
        }
      }
      EPEventService events = runtime.getEventService();
      for (int i = 0; i < stream.size(); i++) {
        events.sendEventBean(stream.get(i), "Sample");
      }
      return findings.all();
    } finally {
      runtime.destroy();
    }
  }

  private static void report(HeldRule rule, EventBean[] matches, Findings findings) {
    for (EventBean match : matches) {
      findings.add(
          new Raised(
              (String) match.get("device"),
              rule.name(),
              (Long) match.get("onset"),
              (Long) match.get("completed")));
    }
  }
}
