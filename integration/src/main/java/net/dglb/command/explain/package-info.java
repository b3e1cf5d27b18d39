/** Writes explanations for people. Called from the explain command. */
@NullMarked
package net.dglb.command.explain;

import org.jspecify.annotations.NullMarked;
