/** Tests of what an authority asks others. */
@NullMarked
package net.dglb.authority.ask;

import org.jspecify.annotations.NullMarked;
