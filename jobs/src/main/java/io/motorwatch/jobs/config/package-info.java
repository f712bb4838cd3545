/** The config file: every key, its default, its checks. */
@NullMarked
package io.motorwatch.jobs.config;

import org.jspecify.annotations.NullMarked;
