/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.wire;

import org.jspecify.annotations.NullMarked;
