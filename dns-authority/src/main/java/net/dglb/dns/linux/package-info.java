/**
 * Receive and send on Linux: many UDP messages per system call, through the foreign function
 * interface, in buffers outside the heap. Called from {@code serve}; calls the C library.
 */
@NullMarked
package net.dglb.dns.linux;

import org.jspecify.annotations.NullMarked;
