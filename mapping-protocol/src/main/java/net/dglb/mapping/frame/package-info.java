/**
 * Bytes to frames and back: each frame is a four-byte length and a Protocol Buffers message. Called
 * from {@code net.dglb.mapping.session}; knows nothing of sockets, nodes or what a message means.
 */
@NullMarked
package net.dglb.mapping.frame;

import org.jspecify.annotations.NullMarked;
