/** Tests of this package. */
@NullMarked
package net.dglb.proxy.cache;

import org.jspecify.annotations.NullMarked;
