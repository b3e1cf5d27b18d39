/**
 * Sessions of the mapping protocol at the backbone: what load balancers and authorities say is
 * checked, stored and acknowledged; services, duties and delegations go down. Called from the
 * protocol's server on the control thread.
 */
@NullMarked
package net.dglb.backbone.session;

import org.jspecify.annotations.NullMarked;
