/** Benchmarks that the command runs. */
@NullMarked
package net.dglb.bench;

import org.jspecify.annotations.NullMarked;
