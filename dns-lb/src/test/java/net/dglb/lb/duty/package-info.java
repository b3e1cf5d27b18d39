/** Tests of what is to be answered and of its acknowledgement. */
@NullMarked
package net.dglb.lb.duty;

import org.jspecify.annotations.NullMarked;
