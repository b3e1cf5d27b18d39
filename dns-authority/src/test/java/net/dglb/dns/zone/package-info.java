/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.zone;

import org.jspecify.annotations.NullMarked;
