/** Tests of decisions: hand-made scenes and properties over random ones. */
@NullMarked
package net.dglb.explain;

import org.jspecify.annotations.NullMarked;
