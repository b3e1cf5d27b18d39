/** Tests of the life of keys. */
@NullMarked
package net.dglb.dns.keys;

import org.jspecify.annotations.NullMarked;
