package io.motorwatch.tools.simulator;

/** The episodes a motor goes through, those with an alarm and those without. */
enum EpisodeKind {
  /** 36 to 90 s at 1 Hz: an alarm. */
  OVERLOAD,
  /** An alarm that is over within a minute. */
  OVERLOAD_JUST_LONG_ENOUGH,
  /** No alarm. */
  SHORT_OVERLOAD,
  /** The dip stays above reset: one alarm, counted from before it. */
  OVERLOAD_WITH_A_SHALLOW_DIP,
  /** The dip goes below reset: only what comes after it can be an alarm. */
  OVERLOAD_WITH_A_DEEP_DIP,
  /** Nothing is heard for more than 10 s: only what comes after it can be an alarm. */
  OVERLOAD_WITH_A_GAP,
  /** An alarm; the protection trips and the motor starts again. */
  JAM,
  /** An alarm; the protection trips, and the next start succeeds. */
  LOCKED_ROTOR_START,
  /** Off and on again: no alarm. */
  RESTART;

  /** An episode of this kind that begins at a device time. */
  Episode write(SeededRandom random, long intervalMs, long at) {
    Episode.Writer writer = new Episode.Writer(random, intervalMs, at);
    Episode.Writer unused =
        switch (this) {
          case OVERLOAD -> writer.overloadedAtLeast(34, 88);
          case OVERLOAD_JUST_LONG_ENOUGH -> writer.overloadedAtLeast(34, 40);
          case SHORT_OVERLOAD -> writer.overloaded(10, 25);
          case OVERLOAD_WITH_A_SHALLOW_DIP ->
              writer.overloaded(12, 18).halfRelieved(3, 6).overloadedAtLeast(25, 40);
          case OVERLOAD_WITH_A_DEEP_DIP -> secondPart(writer.overloaded(15, 24).relieved(3, 5));
          case OVERLOAD_WITH_A_GAP -> secondPart(writer.overloaded(12, 22).unheard(12, 20));
          case JAM -> writer.jammedAtLeast(2, 6).stopped(8, 20).inrush();
          case LOCKED_ROTOR_START ->
              writer.stopped(7, 9).lockedAtLeast(12, 18).stopped(10, 20).inrush();
          case RESTART -> writer.stopped(8, 40).inrush();
        };
    return new Episode(this, writer.stretches());
  }

  private static Episode.Writer secondPart(Episode.Writer writer) {
    return writer.toss() ? writer.overloadedAtLeast(34, 60) : writer.overloaded(10, 22);
  }
}
