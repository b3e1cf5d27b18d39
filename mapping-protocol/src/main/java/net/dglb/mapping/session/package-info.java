/**
 * Sessions of the mapping protocol over TLS, as server and as client. Called from the nodes, calls
 * {@code net.dglb.mapping.frame}; knows no message but those of the session itself.
 */
@NullMarked
package net.dglb.mapping.session;

import org.jspecify.annotations.NullMarked;
