/** {@code dglb bench dns-server}: serves made-up zones, for others to measure. */
@NullMarked
package net.dglb.bench.dns;

import org.jspecify.annotations.NullMarked;
