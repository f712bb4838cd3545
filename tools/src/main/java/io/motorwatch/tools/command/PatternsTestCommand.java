package io.motorwatch.tools.command;

import io.motorwatch.patterns.definition.PatternFileParser;
import io.motorwatch.patterns.definition.PatternSet;
import io.motorwatch.patterns.yaml.InvalidFileException;
import io.motorwatch.tools.patterntest.PatternTest;
import io.motorwatch.tools.patterntest.PatternTestFile;
import io.motorwatch.tools.patterntest.PatternTestRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patterns test}: whether patterns raise what they should, and nothing else. */
@Command(
    name = "test",
    description = {
      "Runs the tests of a pattern file: series of readings and the alarms expected of them.",
      "Exit 0 if all agree, 1 if one does not, 2 if a file has faults."
    },
    mixinStandardHelpOptions = true)
final class PatternsTestCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The test file; it names the pattern file.")
  Path file;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path reading = file;
    try {
      PatternTestFile tests = PatternTestFile.parse(Files.readString(reading));
      reading = file.resolveSibling(tests.patterns());
      String patterns = Files.readString(reading);
      PatternSet set = PatternFileParser.parse(patterns);
      reading = file;
      tests.check(set);
      return run(tests, new PatternTestRunner(patterns));
    } catch (InvalidFileException e) {
      PatternFaults.print(reading, e, spec.commandLine().getErr());
      return 2;
    } catch (IOException e) {
      spec.commandLine().getErr().println("motorwatch: cannot read " + reading + " as UTF-8 text");
      return 2;
    }
  }

  private int run(PatternTestFile file, PatternTestRunner run) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int failed = 0;
    for (PatternTest test : file.tests()) {
      List<String> differences = run.run(test).lines();
      if (!differences.isEmpty()) {
        failed++;
        out.println("FAILED: " + test.name());
        differences.forEach(line -> out.println("  " + line));
      }
    }
    out.println(file.tests().size() + " tests, " + failed + " failed");
    return failed == 0 ? 0 : 1;
  }
}
