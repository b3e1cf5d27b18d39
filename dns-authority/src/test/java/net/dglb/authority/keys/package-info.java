/** Tests of the keys of signed zones. */
@NullMarked
package net.dglb.authority.keys;

import org.jspecify.annotations.NullMarked;
