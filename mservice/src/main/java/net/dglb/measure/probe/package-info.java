/**
 * Step 1 of a measurement: one probe of one target, over HTTP, HTTPS, TCP, ICMP or DNS, timed by
 * phase. Called from the schedule; calls the network.
 */
@NullMarked
package net.dglb.measure.probe;

import org.jspecify.annotations.NullMarked;
