/**
 * The DNS server: transports receive a message, {@link net.dglb.dns.serve.QueryProcessor} turns it
 * into its answer, {@link net.dglb.dns.serve.Catalog} finds the zone.
 */
@NullMarked
package net.dglb.dns.serve;

import org.jspecify.annotations.NullMarked;
