/**
 * Runs a lab: its processes, its sites, the endpoint by which it is controlled, and the check that
 * the whole chain answers. Called from the lab's command; calls the plan, the files, the sites and
 * the trace.
 */
@NullMarked
package net.dglb.lab.run;

import org.jspecify.annotations.NullMarked;
