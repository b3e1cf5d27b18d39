/** Tests of announcing, renewing and withdrawing. */
@NullMarked
package net.dglb.lb.announce;

import org.jspecify.annotations.NullMarked;
