/** Tests of the walk over referrals. */
@NullMarked
package net.dglb.trace;

import org.jspecify.annotations.NullMarked;
