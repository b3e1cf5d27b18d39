/** Tests of what is told of shares of answers. */
@NullMarked
package net.dglb.dns.share;

import org.jspecify.annotations.NullMarked;
