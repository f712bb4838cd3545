package io.motorwatch.tools.patterntest;

import static org.assertj.core.api.Assertions.assertThat;

import io.motorwatch.patterns.definition.PatternDefinition;
import io.motorwatch.patterns.definition.PatternFileParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped library by its shipped tests. */
class LibraryTest {

  private static final Path CONF = Path.of("../conf");

  static Stream<PatternTest> tests() throws Exception {
    return PatternTestFile.parse(Files.readString(CONF.resolve("patterns-test.yaml")))
        .tests()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("tests")
  void theLibraryRaisesWhatItsTestsExpectAndNothingElse(PatternTest test) throws Exception {
    String patterns = Files.readString(CONF.resolve("patterns.yaml"));
    assertThat(new PatternTestRunner(patterns).run(test).lines()).as(test.name()).isEmpty();
  }

  @Test
  void theLibrarysTestsNameOnlyWhatItHas() throws Exception {
    PatternTestFile.parse(Files.readString(CONF.resolve("patterns-test.yaml")))
        .check(PatternFileParser.parse(Files.readString(CONF.resolve("patterns.yaml"))));
  }

  @Test
  void eachPatternHasATestThatRaisesIt() throws Exception {
    String patterns = Files.readString(CONF.resolve("patterns.yaml"));
    assertThat(tests().flatMap(test -> test.alarms().stream()).map(ExpectedAlarm::pattern))
        .containsAll(
            PatternFileParser.parse(patterns).patterns().stream()
                .map(PatternDefinition::id)
                .toList());
  }
}
