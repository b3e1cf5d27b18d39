/** Tests of the two timelines. */
@NullMarked
package net.dglb.time;

import org.jspecify.annotations.NullMarked;
