package io.motorwatch.tools.backtest;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Alarms against labels. Only patterns that some label names are judged: of others the labels say
 * nothing.
 *
 * @param told labels of which an alarm tells
 * @param missed labels of which none does, a line each
 * @param unfounded alarms in no label, a line each
 */
public record Verdict(int told, List<String> missed, List<String> unfounded) {

  static Verdict of(List<Label> labels, List<FoundAlarm> alarms) {
    Set<String> judged = labels.stream().map(Label::pattern).collect(Collectors.toSet());
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
    List<String> unfounded =
        alarms.stream()
            .filter(alarm -> judged.contains(alarm.pattern()))
            .filter(
                alarm ->
                    labelsOf.getOrDefault(alarm.kind(), List.of()).stream()
                        .noneMatch(label -> label.overlaps(alarm)))
            .map(FoundAlarm::line)
            .toList();
    return new Verdict(labels.size() - missed.size(), missed, unfounded);
  }
}
