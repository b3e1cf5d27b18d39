/**
 * The {@code dglb} command: reads the command line and calls the part of the network that does the
 * work.
 *
 * <p>Called from {@code ./dglb}; calls everything, and nothing calls it.
 */
@NullMarked
package net.dglb.command;

import org.jspecify.annotations.NullMarked;
