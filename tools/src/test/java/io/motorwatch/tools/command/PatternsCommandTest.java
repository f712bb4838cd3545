package io.motorwatch.tools.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of {@code patterns check} and {@code patterns test}, and a script of both. */
class PatternsCommandTest {

  private static final String PATTERNS =
      """
      apiVersion: motorwatch/v1
      version: 3
      signals: {over: {value: current, above: 12}}
      patterns: {overload: {sequence: [{on: over, for: 5s}]}}
      """;

  private static final String TESTS =
      """
      patterns: p.yaml
      tests:
        - name: seven seconds are an overload
          series: {current: 9x1s 13x7s 9x1s}
          alarms: [{pattern: overload, onset: 1s, raised: 6s, cleared: 8s}]
        - name: four are none
          series: {current: 9x1s 13x4s 9x1s}
          alarms: []
      """;

  @TempDir Path folder;

  @BeforeEach
  void writePatterns() throws Exception {
    Files.writeString(folder.resolve("p.yaml"), PATTERNS);
  }

  private Printed patterns(String command, Path file) {
    return Printed.by(folder, "patterns", command, file.toString());
  }

  private Printed test(String text) throws Exception {
    return patterns("test", Files.writeString(folder.resolve("t.yaml"), text));
  }

  private static String with(String from, String to) {
    assertThat(TESTS).contains(from);
    return TESTS.replace(from, to);
  }

  @Test
  void testsThatAgreeEndWithSuccess() throws Exception {
    assertThat(test(TESTS)).isEqualTo(new Printed(0, List.of("2 tests, 0 failed"), List.of()));
  }

  @Test
  void aWrongExpectationFailsWithWhatIsMissingAndWhatCameInstead() throws Exception {
    assertThat(test(with("raised: 6s", "raised: 7s")))
        .isEqualTo(
            new Printed(
                1,
                List.of(
                    "FAILED: seven seconds are an overload",
                    "  missing:    overload RAISED at 7s (onset 1s)",
                    "  unexpected: overload RAISED at 6s (onset 1s)",
                    "2 tests, 1 failed"),
                List.of()));
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    assertThat(patterns("test", folder.resolve("absent.yaml")))
        .isEqualTo(
            new Printed(
                2, List.of(), List.of("motorwatch: cannot read absent.yaml as UTF-8 text")));
    assertThat(test(with("p.yaml", "gone.yaml")))
        .isEqualTo(
            new Printed(2, List.of(), List.of("motorwatch: cannot read gone.yaml as UTF-8 text")));
    assertThat(patterns("check", folder.resolve("absent.yaml")))
        .isEqualTo(new Printed(2, List.of(), List.of("motorwatch: cannot read absent.yaml")));
  }

  @Test
  void aBadSeriesIsToldWithLineAndColumn() throws Exception {
    assertThat(test(with("13x4s", "13*4s")))
        .isEqualTo(
            new Printed(
                2,
                List.of(),
                List.of(
                    "t.yaml:7:23: '13*4s' is no piece of a series: write 9.5x20s, 9..14x10s or"
                        + " _x15s")));
  }

  @Test
  void namesThePatternFileDoesNotKnowAreToldWithLineAndColumn() throws Exception {
    String text =
        with("{current: 9x1s 13x4s 9x1s}", "{curent: 9x1s 13x4s 9x1s}\n    of: [overlaod]")
            .replace("{pattern: overload,", "{pattern: overlod,");
    assertThat(test(text))
        .isEqualTo(
            new Printed(
                2,
                List.of(),
                List.of(
                    "t.yaml:5:24: unknown pattern 'overlod' (did you mean 'overload'?)",
                    "t.yaml:7:14: neither an expression nor a message of the pattern file reads"
                        + " 'curent' (did you mean 'current'?)",
                    "t.yaml:8:10: unknown pattern 'overlaod' (did you mean 'overload'?)")));
  }

  @Test
  void whatTellsTheMotorsStateMayBeGivenThoughNoExpressionReadsIt() throws Exception {
    assertThat(test(with("13x4s 9x1s}", "13x4s 9x1s, speed: 1480x6s}")).status()).isZero();
  }

  @Test
  void aFaultOfThePatternFileUnderTestIsToldAsItsOwn() throws Exception {
    Files.writeString(folder.resolve("p.yaml"), PATTERNS.replace("above", "abov"));
    Printed ended = test(TESTS);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).anyMatch(line -> line.startsWith("p.yaml:3:34: unknown key 'abov'"));
  }

  @Test
  void noTextIsToldToBeNone() throws Exception {
    Path file = Files.write(folder.resolve("t.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(patterns("test", file).status()).isEqualTo(2);
    assertThat(patterns("check", file))
        .isEqualTo(new Printed(2, List.of(), List.of("motorwatch: t.yaml is not UTF-8 text")));
  }

  @Test
  void checkTellsWhatAGoodFileHoldsAndEveryFaultOfABadOne() throws Exception {
    assertThat(patterns("check", folder.resolve("p.yaml")))
        .isEqualTo(new Printed(0, List.of("p.yaml: version 3, 1 patterns: overload"), List.of()));
    Path bad = folder.resolve("bad.yaml");
    Files.writeString(bad, PATTERNS.replace("above: 12", "above: x").replace("5s", "soon"));
    Printed ended = patterns("check", bad);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).hasSize(2);
    assertThat(ended.err().get(0)).isEqualTo("bad.yaml:3:41: above must be a number, not 'x'");
    assertThat(ended.err().get(1)).startsWith("bad.yaml:4:50: for must be a duration");
  }

  @Test
  void aFileNestedTooDeeplyIsRefusedInALine() throws Exception {
    Path file = Files.writeString(folder.resolve("deep.yaml"), "[".repeat(3_000));
    assertThat(patterns("check", file))
        .isEqualTo(
            new Printed(2, List.of(), List.of("deep.yaml:1:41: nested deeper than 40 levels")));
  }

  @Test
  void checkRemindsThatCommandsAreToBeEnabled() throws Exception {
    Path file = folder.resolve("commands.yaml");
    Files.writeString(file, PATTERNS.replace("sequence", "command: stop, sequence"));
    Printed ended = patterns("check", file);
    assertThat(ended.status()).isZero();
    assertThat(ended.err())
        .containsExactly(
            "motorwatch: the command of these patterns is sent only where commands.enabled is true:"
                + " overload");
  }

  @Test
  void aDifferenceIsSaidInWordsAndAFaultWithItsPlace() throws Exception {
    Path changed =
        Files.writeString(
            folder.resolve("new.yaml"),
            PATTERNS.replace("version: 3", "version: 4").replace("for: 5s", "for: 8s"));
    Path old = folder.resolve("p.yaml");
    assertThat(Printed.by(folder, "patterns", "diff", old.toString(), changed.toString()))
        .isEqualTo(
            new Printed(
                0,
                List.of(
                    "pattern overload: step 1, on over, for: 5s → 8s: completes 3s later, and not for"
                        + " what is shorter"),
                List.of()));
    assertThat(Printed.by(folder, "patterns", "diff", changed.toString(), changed.toString()).out())
        .containsExactly("version: 4 → 4: not higher, so that running jobs do not take the file");
    Files.writeString(changed, PATTERNS.replace("above", "abov"));
    Printed faulty = Printed.by(folder, "patterns", "diff", old.toString(), changed.toString());
    assertThat(faulty.status()).isEqualTo(2);
    assertThat(faulty.err()).anyMatch(line -> line.startsWith("new.yaml:3:"));
  }
}
