package io.motorwatch.benchmarks.jmh;

import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.function.StatefulFunctionCall;
import io.motorwatch.patterns.function.StatefulFunctions;
import io.motorwatch.patterns.motor.StartPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** {@code residual} alone, once it is known: a reading of one device. */
@State(Scope.Thread)
public class ResidualJmh {

  private static final int READINGS = 1 << 12;
  private static final double MEMORY_MS = 3_600_000;

  /** How many inputs; five are the most. */
  @Param({"2", "5"})
  public int inputs;

  private final double[][] readings = new double[READINGS][];
  private double[] memory;
  private double[] variables;
  private StatefulFunctionCall call;
  private int next;
  private long at;

  /** Learns an hour of readings. */
  @Setup
  public void learn() {
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i <= inputs; i++) {
      int index = i;
      arguments.add(v -> v[index]);
    }
    call = StatefulFunctions.call("residual", "residual", inputs + 1, arguments, MEMORY_MS);
    memory = new double[call.size()];
    Arrays.fill(memory, Double.NaN);
    Random random = new Random(1);
    for (int n = 0; n < READINGS; n++) {
      double[] reading = random.doubles(inputs + 2).toArray();
      reading[0] += Arrays.stream(reading).sum();
      readings[n] = reading;
      residual();
    }
    if (Double.isNaN(variables[inputs + 1])) {
      throw new IllegalStateException("nothing learned");
    }
  }

  /** One reading. */
  @Benchmark
  public double residual() {
    variables = readings[next++ & (READINGS - 1)];
    at += 1_000;
    call.evaluate(variables, at, StartPhase.NONE, memory, 0);
    return variables[inputs + 1];
  }
}
