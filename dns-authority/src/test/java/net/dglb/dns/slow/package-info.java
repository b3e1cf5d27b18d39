/** Tests of what answers messages that no table can answer. */
@NullMarked
package net.dglb.dns.slow;

import org.jspecify.annotations.NullMarked;
