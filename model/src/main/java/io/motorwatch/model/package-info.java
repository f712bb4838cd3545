/** What flows between the stages: plain immutable values and their Flink serializers. */
@NullMarked
package io.motorwatch.model;

import org.jspecify.annotations.NullMarked;
