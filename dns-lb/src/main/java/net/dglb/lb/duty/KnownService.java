package net.dglb.lb.duty;

import net.dglb.net.DomainName;
import net.dglb.service.Service;

/**
 * A service as its enterprise last registered it.
 *
 * @param origin the apex of the enterprise zone
 * @param zoneVersion the version of the zone that it stood in last
 * @param service the service itself
 * @param dnssec whether the zone is signed
 */
public record KnownService(DomainName origin, long zoneVersion, Service service, boolean dnssec) {}
