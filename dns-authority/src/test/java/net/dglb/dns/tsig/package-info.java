/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.tsig;

import org.jspecify.annotations.NullMarked;
