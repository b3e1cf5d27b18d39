/**
 * The slow path: signed messages, zone transfers and updates, on threads of their own. Called from
 * the DNS threads, which only hand over; calls signatures, transfers and whoever takes updates.
 */
@NullMarked
package net.dglb.dns.slow;

import org.jspecify.annotations.NullMarked;
