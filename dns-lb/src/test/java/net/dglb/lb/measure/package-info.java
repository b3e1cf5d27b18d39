/** Tests of estimates from here and from elsewhere. */
@NullMarked
package net.dglb.lb.measure;

import org.jspecify.annotations.NullMarked;
