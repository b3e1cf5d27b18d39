/** Tests of zones inside the engine's own loop, where allocation can be counted. */
@NullMarked
package net.dglb.dns.serve;

import org.jspecify.annotations.NullMarked;
