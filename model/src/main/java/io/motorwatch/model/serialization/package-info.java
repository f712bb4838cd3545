/** Compact Flink serializers of the model's types; no Kryo, no reflection. */
@NullMarked
package io.motorwatch.model.serialization;

import org.jspecify.annotations.NullMarked;
