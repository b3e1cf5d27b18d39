/** What every subcommand shares towards its user: where it writes and how it ends. */
@NullMarked
package net.dglb.command.terminal;

import org.jspecify.annotations.NullMarked;
