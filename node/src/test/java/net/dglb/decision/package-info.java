/** Tests of decisions: hand-made scenes and properties over random ones. */
@NullMarked
package net.dglb.decision;

import org.jspecify.annotations.NullMarked;
