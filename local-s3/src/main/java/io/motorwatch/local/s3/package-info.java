/** A private object store that speaks S3 for tests, as a process of its own. */
@NullMarked
package io.motorwatch.local.s3;

import org.jspecify.annotations.NullMarked;
