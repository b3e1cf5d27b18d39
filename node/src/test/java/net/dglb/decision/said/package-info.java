/** Tests of what operators say. */
@NullMarked
package net.dglb.decision.said;

import org.jspecify.annotations.NullMarked;
