/** Tests of this part of the engine. */
@NullMarked
package net.dglb.dns.serve;

import org.jspecify.annotations.NullMarked;
