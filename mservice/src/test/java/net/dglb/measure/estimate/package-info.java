/** Tests of what is known of targets. */
@NullMarked
package net.dglb.measure.estimate;

import org.jspecify.annotations.NullMarked;
