package io.motorwatch.tools.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How a command ended and what it printed, line by line. */
record Printed(int status, List<String> out, List<String> err) {

  /**
   * Runs a command.
   *
   * @param folder left out of what it prints
   */
  static Printed by(Path folder, String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int status = Motorwatch.execute(arguments);
      return new Printed(status, lines(printed, folder), lines(complained, folder));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static List<String> lines(ByteArrayOutputStream text, Path folder) {
    return text.toString(StandardCharsets.UTF_8).replace(folder + "/", "").lines().toList();
  }
}
