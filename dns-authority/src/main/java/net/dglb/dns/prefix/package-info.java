/** Longest prefix match from an address to a number, for DNS threads: read without locks. */
@NullMarked
package net.dglb.dns.prefix;

import org.jspecify.annotations.NullMarked;
