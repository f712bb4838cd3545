package io.motorwatch.tools.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of one device in order, made while they are asked for. An episode that would not be
 * over by the plan's end does not begin.
 */
final class Schedule implements Iterator<Episode> {

  /** What a motor goes through, shuffled again each time all of it has happened. */
  private static final List<EpisodeKind> DECK =
      List.of(
          EpisodeKind.OVERLOAD,
          EpisodeKind.OVERLOAD,
          EpisodeKind.OVERLOAD_JUST_LONG_ENOUGH,
          EpisodeKind.SHORT_OVERLOAD,
          EpisodeKind.OVERLOAD_WITH_A_SHALLOW_DIP,
          EpisodeKind.OVERLOAD_WITH_A_DEEP_DIP,
          EpisodeKind.OVERLOAD_WITH_A_GAP,
          EpisodeKind.JAM,
          EpisodeKind.JAM,
          EpisodeKind.LOCKED_ROTOR_START,
          EpisodeKind.LOCKED_ROTOR_START,
          EpisodeKind.RESTART);

  /** Of each ten devices these begin with an alarm, so that a short run has some of every kind. */
  private static final List<EpisodeKind> EARLY =
      List.of(
          EpisodeKind.OVERLOAD_JUST_LONG_ENOUGH, EpisodeKind.JAM, EpisodeKind.LOCKED_ROTOR_START);

  private final FleetPlan plan;
  private final SamplingGrid grid;
  private final SeededRandom random;
  private final List<EpisodeKind> deck = new ArrayList<>();
  private @Nullable Episode next;

  Schedule(FleetPlan plan, int index) {
    this.plan = plan;
    this.grid = plan.grid(index);
    this.random = plan.random(index, 1);
    int place = index % 10;
    if (place < EARLY.size()) {
      EpisodeKind kind = EARLY.get(place);
      // A motor whose first start fails was never on before.
      long running = kind == EpisodeKind.LOCKED_ROTOR_START ? 0 : random.between(4_000, 7_000);
      prepare(kind, plan.startAt() + running);
    } else {
      prepare(draw(), plan.startAt() + random.between(20_000, 400_000) + 3 * plan.intervalMs());
    }
  }

  private EpisodeKind draw() {
    if (deck.isEmpty()) {
      deck.addAll(DECK);
      for (int i = deck.size() - 1; i > 0; i--) {
        int other = (int) random.between(0L, i);
        deck.set(other, deck.set(i, deck.get(other)));
      }
    }
    return deck.remove(deck.size() - 1);
  }

  private void prepare(EpisodeKind kind, long at) {
    Episode episode = kind.write(random, plan.intervalMs(), at);
    // The first reading after it is the one that clears, and must still be taken.
    next = grid.atOrAfter(episode.until()) < plan.endAt() ? episode : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Episode next() {
    Episode episode = next;
    if (episode == null) {
      throw new NoSuchElementException();
    }
    // Long enough to have settled: three readings of calm at the least.
    long calm = random.between(150_000, 500_000) + 3 * plan.intervalMs();
    prepare(draw(), episode.until() + calm);
    return episode;
  }
}
