/** Tests of addresses, prefixes, names and places. */
@NullMarked
package net.dglb.net;

import org.jspecify.annotations.NullMarked;
