/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.linux;

import org.jspecify.annotations.NullMarked;
