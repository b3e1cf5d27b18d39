/** Tests of sessions with load balancers and authorities. */
@NullMarked
package net.dglb.backbone.session;

import org.jspecify.annotations.NullMarked;
