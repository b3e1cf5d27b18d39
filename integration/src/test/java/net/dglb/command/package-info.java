/** Tests of the command line: what it prints and how it ends. */
@NullMarked
package net.dglb.command;

import org.jspecify.annotations.NullMarked;
