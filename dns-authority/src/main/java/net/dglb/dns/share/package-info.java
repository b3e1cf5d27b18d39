/**
 * What part of the answers each site is to get and got, of services whose policy does not give
 * everybody the same.
 */
@NullMarked
package net.dglb.dns.share;

import org.jspecify.annotations.NullMarked;
