/**
 * What operators say of sites, above what probes say. Called by the admin API; the ranking of
 * labels asks it.
 */
@NullMarked
package net.dglb.lb.operate;

import org.jspecify.annotations.NullMarked;
