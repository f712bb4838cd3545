package io.motorwatch.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final StringWriter written = new StringWriter();

  private Screen screen(boolean terminal, int columns) {
    return new Screen(new PrintWriter(written, true), terminal, columns);
  }

  @Test
  void breaksLongLinesBetweenWordsAndIndentsWhatFollows() {
    screen(false, 60)
        .alert(
            new AlertWatch.Alert(
                "motor-17",
                "overload",
                "RAISED",
                0,
                "Persisting overload: 131 % of rated current for 30 s",
                0));
    assertThat(written.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(61));
    assertThat(written)
        .hasToString(
            """
              00:00:00  RAISED    motor-17   overload
                Persisting overload: 131 % of rated current for 30 s
            """
                .indent(0));
  }

  @Test
  void keepsAddressesWhole() {
    String address = "http://127.0.0.1:" + "1".repeat(80);
    screen(false, 60).line("Flink       " + address);
    assertThat(written.toString().lines()).element(1).asString().isEqualTo("    " + address);
  }

  @Test
  void cutsTheProgressLineSoThatItCanBeWrittenOver() {
    screen(true, 40).progress("x".repeat(100));
    assertThat(written.toString().replaceAll("\r\u001b\\[K", "")).hasSize(39);
  }

  @Test
  void leavesLinesAloneWhereNoWidthIsKnown() {
    String line = "word ".repeat(100).strip();
    screen(false, 0).line(line);
    assertThat(written.toString().strip()).isEqualTo(line);
  }
}
