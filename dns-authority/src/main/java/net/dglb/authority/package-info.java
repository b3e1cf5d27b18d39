/**
 * The authority node (DNS-A): serves the enterprise's zones from master files, registers its
 * services with the backbone and publishes the delegation that it gets back. Called from the
 * command; calls the DNS engine, the mapping protocol and what every node shares.
 */
@NullMarked
package net.dglb.authority;

import org.jspecify.annotations.NullMarked;
