/**
 * Writes what the lab's nodes read: certificates, the map key, configurations, zones and
 * registration documents. Called from the lab's run; calls the plan and the network authority.
 */
@NullMarked
package net.dglb.lab.files;

import org.jspecify.annotations.NullMarked;
