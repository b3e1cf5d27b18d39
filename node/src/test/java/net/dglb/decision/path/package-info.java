/** Tests of the estimation for unmeasured clients, on made-up worlds. */
@NullMarked
package net.dglb.decision.path;

import org.jspecify.annotations.NullMarked;
