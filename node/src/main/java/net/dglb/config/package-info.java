/**
 * Configuration: a HOCON file read once at start and at reload, with every problem reported
 * together by file, line and key.
 *
 * <p>Called from each node's settings record; calls Typesafe Config and nothing else of this
 * project but the values of {@code net.dglb.net}.
 */
@NullMarked
package net.dglb.config;

import org.jspecify.annotations.NullMarked;
