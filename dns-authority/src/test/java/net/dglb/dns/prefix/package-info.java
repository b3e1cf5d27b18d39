/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.prefix;

import org.jspecify.annotations.NullMarked;
