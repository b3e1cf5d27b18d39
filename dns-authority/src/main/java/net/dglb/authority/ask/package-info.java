/** Questions that an authority asks other name servers: of its parent, and of the backbone. */
@NullMarked
package net.dglb.authority.ask;

import org.jspecify.annotations.NullMarked;
