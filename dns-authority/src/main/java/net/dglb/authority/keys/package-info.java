/**
 * The keys of signed zones at an authority: kept on disk, rolled step by step (RFC 6781, RFC 7583),
 * announced to the parent (RFC 7344, RFC 8078), and used to sign. All on the control thread.
 */
@NullMarked
package net.dglb.authority.keys;

import org.jspecify.annotations.NullMarked;
