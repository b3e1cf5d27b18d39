/**
 * From a resolver or a client to load balancers: two tables of announced prefixes, the fallbacks
 * for resolvers that nobody announced, and the files they are read from. Compiled on the control
 * thread, read by DNS threads without locks. Called from referrals.
 */
@NullMarked
package net.dglb.backbone.index;

import org.jspecify.annotations.NullMarked;
