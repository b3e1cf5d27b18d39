/**
 * The labels that this load balancer is to answer, and the services behind them: taken from every
 * backbone node, united, kept until they are ended, and acknowledged once DNS answers them. Called
 * by the sessions; the answers are compiled from what is held here.
 */
@NullMarked
package net.dglb.lb.duty;

import org.jspecify.annotations.NullMarked;
