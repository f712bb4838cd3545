package io.motorwatch.tools.command;

import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.patterns.yaml.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The faults of a file, a line each, in the form editors jump to. */
final class PatternFaults {

  private PatternFaults() {}

  static void print(Path file, InvalidFileException faults, PrintWriter err) {
    for (Problem problem : faults.problems()) {
      err.println(
          file
              + ":"
              + problem.position().line()
              + ":"
              + problem.position().column()
              + ": "
              + problem.message());
    }
  }
}
