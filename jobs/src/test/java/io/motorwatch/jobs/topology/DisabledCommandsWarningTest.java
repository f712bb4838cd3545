package io.motorwatch.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.jobs.config.CommandsConfig;
import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import org.junit.jupiter.api.Test;

class DisabledCommandsWarningTest {

  private static PatternSet set(String second) throws Exception {
    return PatternFileParser.parse(
        """
        apiVersion: motorwatch/v1
        version: 1
        patterns:
          a: {sequence: [{on: silent}]}
          b: {sequence: [{on: silent}]%s}
        """
            .formatted(second));
  }

  @Test
  void thePatternsWhoseCommandIsNotSentAreNamedUnlessTheirCommandsAreEnabled() throws Exception {
    PatternSet commanding = set(", command: stop");
    assertThat(DisabledCommandsWarning.warning(commanding, new CommandsConfig(false)))
        .contains("commands.enabled is false, so the command of these patterns is not sent: b");
    assertThat(DisabledCommandsWarning.warning(commanding, new CommandsConfig(true))).isEmpty();
    assertThat(DisabledCommandsWarning.warning(set(""), new CommandsConfig(false))).isEmpty();
  }
}
