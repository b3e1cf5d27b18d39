/** Proofs of {@code net.dglb.mapping.session}. */
@NullMarked
package net.dglb.mapping.session;

import org.jspecify.annotations.NullMarked;
