package io.motorwatch.patterns.schema;

/** A file with every key there is. */
final class FileWithEveryKey {

  static final String FILE =
      """
      apiVersion: motorwatch/v1
      version: 7
      defaults: {ratedCurrent: 10.0, poles: 4}
      signals:
        s0: {value: current / ratedCurrent, above: 1.2, reset: 1.1, max-gap: 10s, while: [RUN, START]}
        s1: {value: temperature, below: 5, while: STOP}
      patterns:
        p0:
          title: A title
          ansi: "51"
          severity: MAJOR
          sequence:
            - {on: s0, for: 30s, times: 2}
            - {off: s0, within: 5m, not: {alarm: p1, for: 2s}}
            - {all: [s0, {off: s1}], not: {any: [s0, s1]}}
            - {any: [s0, {state: RUN}, {all: [s0, s1]}]}
            - {state: STOP}
            - {alarm: p1}
            - {on: s0, for: {count: 8, of: 10}, not: {off: s1, for: {count: 2, of: 3}}}
          within: 1h
          clear: {off: s0, for: 0s}
          escalate: [{after: 2m, severity: CRITICAL}]
          re-alarm: 1h
          latch: true
          flapping: {more-than: 5, within: 10m}
          message: "{value} of rated"
          report: {excess: current - 10}
          command: {action: stop, ramp: [1, 2.5]}
          applies-to: {motorType: [pump, 7], hall: north}
          overrides:
            motor-17: {signals: {s0: {above: 1.3, reset: 1.2, max-gap: 5s}}}
            plant/motor-18: {signals: {s0: {below: 3}}}
        p1: {sequence: [{on: silent}]}
      """;

  private FileWithEveryKey() {}
}
