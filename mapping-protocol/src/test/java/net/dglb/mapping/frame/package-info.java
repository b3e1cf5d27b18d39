/** Proofs of {@code net.dglb.mapping.frame}. */
@NullMarked
package net.dglb.mapping.frame;

import org.jspecify.annotations.NullMarked;
