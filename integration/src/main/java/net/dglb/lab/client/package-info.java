/**
 * What the other commands need to know of a running lab: its description, its control endpoint, and
 * the way into its network namespace. Called from the command; calls nothing of the lab itself.
 */
@NullMarked
package net.dglb.lab.client;

import org.jspecify.annotations.NullMarked;
