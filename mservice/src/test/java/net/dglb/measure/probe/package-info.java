/** Tests of the prober against real sites on loopback addresses. */
@NullMarked
package net.dglb.measure.probe;

import org.jspecify.annotations.NullMarked;
