package io.motorwatch.jobs.topology;

import io.motorwatch.jobs.config.CommandsConfig;
import io.motorwatch.patterns.definition.PatternSet;
import java.util.List;
import java.util.Optional;

/** Warns that patterns have commands for devices while commands are disabled. */
public final class DisabledCommandsWarning {

  private DisabledCommandsWarning() {}

  /** One line for a person, where there is something to say. */
  public static Optional<String> warning(PatternSet set, CommandsConfig commands) {
    List<String> patterns = set.withCommand();
    return commands.enabled() || patterns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "commands.enabled is false, so the command of these patterns is not sent: "
                + String.join(", ", patterns));
  }
}
