package net.dglb.backbone.duty;

import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;

/** A service with the zone that it is registered in: found by name without a search. */
record RegisteredService(EnterpriseZone zone, Service service) {}
