/** Tests of the benchmarks of DNS. */
@NullMarked
package net.dglb.bench.dns;

import org.jspecify.annotations.NullMarked;
