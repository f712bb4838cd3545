package io.motorwatch.patterns.function;

import io.motorwatch.patterns.expression.Expression;
import io.motorwatch.patterns.expression.ExpressionCompiler;
import io.motorwatch.patterns.expression.VariableTable;
import io.motorwatch.patterns.motor.StartPhase;
import java.util.Arrays;
import java.util.List;

/** An expression with stateful functions, evaluated for one device. */
final class SingleDeviceFunction {

  private final VariableTable table = new VariableTable();
  private final Expression expression;
  private final double[][] memories;
  private final double[] variables;

  /**
   * @param inputs the variables given with each reading, in order
   */
  SingleDeviceFunction(String text, String... inputs) throws Exception {
    Arrays.stream(inputs).forEach(table::indexOf);
    expression = new ExpressionCompiler(table).compileNumber(text);
    List<StatefulFunctionCall> calls = table.functionCalls();
    memories = new double[calls.size()][];
    for (int i = 0; i < memories.length; i++) {
      memories[i] = new double[calls.get(i).size()];
      Arrays.fill(memories[i], Double.NaN);
    }
    variables = new double[table.names().size()];
    Arrays.fill(variables, Double.NaN);
  }

  /** How many numbers the memory contains. */
  long known() {
    return Arrays.stream(memories)
        .flatMapToDouble(Arrays::stream)
        .filter(number -> !Double.isNaN(number))
        .count();
  }

  double reading(long at, double... values) {
    return reading(at, false, values);
  }

  double reading(long at, boolean started, double... values) {
    return reading(at, started ? StartPhase.BEGINS : StartPhase.NONE, values);
  }

  double reading(long at, StartPhase start, double... values) {
    System.arraycopy(values, 0, variables, 0, values.length);
    for (int i = 0; i < memories.length; i++) {
      table.functionCalls().get(i).evaluate(variables, at, start, memories[i], 0);
    }
    return expression.evaluate(variables);
  }
}
