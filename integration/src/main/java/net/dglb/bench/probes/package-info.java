/** Measures what it costs a load balancer to probe many sites, over real sockets. */
@NullMarked
package net.dglb.bench.probes;

import org.jspecify.annotations.NullMarked;
