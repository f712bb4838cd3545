package io.motorwatch.patterns.expression;

/**
 * {@code unbalance(a, b, c)}: the greatest distance of a phase current from the mean of the three,
 * as a share of that mean, or of the rated current where that is known and greater: a motor with
 * little load must not count as unbalanced for a few amperes (Schneider TeSys Tera, ANSI 46).
 */
final class Unbalance {

  private Unbalance() {}

  static Expression of(Expression a, Expression b, Expression c, int ratedCurrent) {
    return v -> {
      double x = a.evaluate(v);
      double y = b.evaluate(v);
      double z = c.evaluate(v);
      double mean = (x + y + z) / 3;
      double rated = v[ratedCurrent];
      double base = rated > mean ? rated : mean;
      double farthest =
          Math.max(Math.abs(x - mean), Math.max(Math.abs(y - mean), Math.abs(z - mean)));
      return farthest / base;
    };
  }
}
