/**
 * The form of the audit's records over which their hashes go: whoever writes records and whoever
 * checks them uses it.
 */
@NullMarked
package net.dglb.audit;

import org.jspecify.annotations.NullMarked;
