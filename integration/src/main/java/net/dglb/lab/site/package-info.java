/**
 * The lab's sites: real HTTP servers that delay the first byte by what the path to the asker would
 * cost. Called from the lab's run; calls the plan.
 */
@NullMarked
package net.dglb.lab.site;

import org.jspecify.annotations.NullMarked;
