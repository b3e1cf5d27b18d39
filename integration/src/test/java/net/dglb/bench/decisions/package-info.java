/** Tests of the benchmark of decisions, on made-up matrices. */
@NullMarked
package net.dglb.bench.decisions;

import org.jspecify.annotations.NullMarked;
