/** Tests of this package. */
@NullMarked
package net.dglb.proxy.http;

import org.jspecify.annotations.NullMarked;
