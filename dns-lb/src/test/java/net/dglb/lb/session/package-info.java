/** Tests of the sessions to backbone nodes, and a session in memory. */
@NullMarked
package net.dglb.lb.session;

import org.jspecify.annotations.NullMarked;
