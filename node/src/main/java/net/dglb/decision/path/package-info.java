/**
 * Estimates for clients beside whom nothing is measured: from locations, what several load
 * balancers measured, and what is publicly known of the Internet's paths. Pure; called where a
 * resolver is not announced. The model is explained in {@code
 * docs/decisions/0006-estimating-unmeasured-clients.md}.
 */
@NullMarked
package net.dglb.decision.path;

import org.jspecify.annotations.NullMarked;
