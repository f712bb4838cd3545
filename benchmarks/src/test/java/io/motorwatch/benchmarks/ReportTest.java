package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report.py}, where there is a Python to run it. */
class ReportTest {

  @TempDir Path folder;

  private Path page;
  private Path results;

  @BeforeEach
  void thereIsPython() throws IOException {
    String path = String.valueOf(System.getenv("PATH"));
    assumeTrue(
        Stream.of(path.split(":", -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "python3"))),
        "no python3");
    page = folder.resolve("page.md");
    results = folder.resolve("results.jsonl");
    Files.writeString(
        results,
        """
        {"bench":"stages","variant":"parse","cpuSecondsPerMillion":2.5,"devices":1000}
        {"bench":"stages","variant":"tiers","cpuSecondsPerMillion":1234.5}
        """);
  }

  private int report() throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "report.py", results.toString(), page.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return python.exitValue();
  }

  @Test
  void aTableIsReplacedAndAChartDrawnAndTheRestOfThePageKept() throws Exception {
    Files.writeString(page, "before\n<!-- table: stages -->\nold\n<!-- end -->\nafter\n");
    assertThat(report()).isZero();
    assertThat(Files.readString(page))
        .isEqualTo(
            """
            before
            <!-- table: stages -->

            | variant | cpuSecondsPerMillion | devices |
            |---|---|---|
            | parse | 2.5 | 1,000 |
            | tiers | 1,234 |  |

            <!-- end -->
            after
            """);
    assertThat(folder.resolve("page/stages.svg"))
        .content()
        .contains("parse, 1,000 devices", "1,234");
  }

  @Test
  void resultsThatHaveNoPlaceOnThePageAreNamed() throws Exception {
    Files.writeString(page, "nothing\n");
    assertThat(report()).isEqualTo(1);
    assertThat(folder.resolve("out")).content().contains("no place for stages");
  }

  @Test
  void thePageHasAPlaceForEachBenchmark() throws Exception {
    assertThat(Bench.names())
        .allSatisfy(
            name ->
                assertThat(Path.of("../docs/performance.md"))
                    .content()
                    .contains("<!-- table: " + name + " -->"));
  }
}
