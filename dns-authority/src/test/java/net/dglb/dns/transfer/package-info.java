/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.transfer;

import org.jspecify.annotations.NullMarked;
