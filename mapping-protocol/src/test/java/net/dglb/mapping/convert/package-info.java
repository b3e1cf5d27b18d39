/** Proofs of {@code net.dglb.mapping.convert}. */
@NullMarked
package net.dglb.mapping.convert;

import org.jspecify.annotations.NullMarked;
