/** The measurements of motorwatch, one class each: public interface to the letter. */
@NullMarked
package io.motorwatch.sink.influx.schema;

import org.jspecify.annotations.NullMarked;
