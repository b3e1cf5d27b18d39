/**
 * Walks the referrals to a name as a resolver would, and records every hop. Called from the trace
 * command and from the lab, which is ready when a walk from beside each resolver ends with an
 * answer.
 */
@NullMarked
package net.dglb.trace;

import org.jspecify.annotations.NullMarked;
