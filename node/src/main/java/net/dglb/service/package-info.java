/**
 * The service model: what an enterprise registers, and the rules that make it acceptable. One model
 * and one validator for the command, the authority, the backbone and the load balancer.
 */
@NullMarked
package net.dglb.service;

import org.jspecify.annotations.NullMarked;
