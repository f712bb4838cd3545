package io.motorwatch.tools.backtest;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Alarms against labels. Only patterns that some label names are compared: the labels say nothing
 * about others.
 *
 * @param found labels that an alarm overlaps
 * @param missed labels that none does, a line each
 * @param unmatched alarms in no label, a line each
 */
public record LabelComparison(int found, List<String> missed, List<String> unmatched) {

  static LabelComparison of(List<Label> labels, List<FoundAlarm> alarms) {
    Set<String> compared = labels.stream().map(Label::pattern).collect(Collectors.toSet());
    Map<String, List<Label>> labelsOf = labels.stream().collect(groupingBy(Label::kind));
    Map<String, List<FoundAlarm>> alarmsOf = alarms.stream().collect(groupingBy(FoundAlarm::kind));
    List<String> missed =
        labels.stream()
            .filter(
                label ->
                    alarmsOf.getOrDefault(label.kind(), List.of()).stream()
                        .noneMatch(label::overlaps))
            .map(Label::line)
            .toList();
    List<String> unmatched =
        alarms.stream()
            .filter(alarm -> compared.contains(alarm.pattern()))
            .filter(
                alarm ->
                    labelsOf.getOrDefault(alarm.kind(), List.of()).stream()
                        .noneMatch(label -> label.overlaps(alarm)))
            .map(FoundAlarm::line)
            .toList();
    return new LabelComparison(labels.size() - missed.size(), missed, unmatched);
  }
}
