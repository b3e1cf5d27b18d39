/** Tests of the authority node. */
@NullMarked
package net.dglb.authority;

import org.jspecify.annotations.NullMarked;
