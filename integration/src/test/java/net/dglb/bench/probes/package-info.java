/** Tests of the benchmark of probing. */
@NullMarked
package net.dglb.bench.probes;

import org.jspecify.annotations.NullMarked;
