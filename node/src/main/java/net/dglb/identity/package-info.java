/**
 * Identity: the network's own certificate authority, the certificates of nodes and what a peer's
 * certificate says about it.
 *
 * <p>Called from the mapping protocol's sessions, the admin server and the {@code pki} command;
 * calls the JDK's security classes, Bouncy Castle for making certificates, and Vert.x's option
 * types.
 */
@NullMarked
package net.dglb.identity;

import org.jspecify.annotations.NullMarked;
