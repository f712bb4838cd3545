package io.motorwatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageCostsTest {

  private static final StageCosts COSTS =
      new StageCosts(
          Map.of(
              Stage.GENERATE, new Cost(1, 2),
              Stage.PARSE, new Cost(2, 4),
              Stage.SHUFFLE, new Cost(4, 5),
              Stage.EVERYTHING, new Cost(5, 20)),
          1_000);

  @Test
  void aStagesOwnTimeIsToldByThatOfParsing() {
    assertThat(COSTS.ratioToParse(Stage.SHUFFLE)).isEqualTo(0.5);
    assertThat(COSTS.ratioToParse(Stage.GENERATE)).isNaN();
    assertThat(COSTS.ratioToParse(Stage.EVERYTHING)).as("without its timeline").isNaN();
  }

  @Test
  void aStagesRateIsToldByThatOfParsing() {
    assertThat(COSTS.shareOfParse(Stage.EVERYTHING)).isEqualTo(0.4);
    assertThat(COSTS.shareOfParse(Stage.GENERATE)).isNaN();
  }

  @Test
  void aMessageIsComparedWithAMessageHoweverManyThereWere() {
    StageCosts fewer = new StageCosts(Map.of(Stage.PARSE, new Cost(9, 2)), 100);
    assertThat(fewer.ratioTo(COSTS, Stage.PARSE)).isEqualTo(5);
    assertThat(fewer.ratioTo(COSTS, Stage.TIERS)).isNaN();
  }

  @Test
  void aStageBringsAllWithItThatItIsToldInRelationTo() {
    assertThat(Stage.withThoseBefore(List.of(Stage.EVERYTHING)))
        .containsExactly(
            Stage.GENERATE, Stage.PARSE, Stage.SHUFFLE, Stage.TIMELINE, Stage.EVERYTHING);
    assertThat(Stage.withThoseBefore(List.of())).containsExactly(Stage.GENERATE, Stage.PARSE);
  }
}
