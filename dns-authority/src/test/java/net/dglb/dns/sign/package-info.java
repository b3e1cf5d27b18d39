/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.sign;

import org.jspecify.annotations.NullMarked;
