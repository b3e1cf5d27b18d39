package net.dglb.backbone.refer;

import net.dglb.dns.wire.RecordSet;

/**
 * The records at a zone's apex, compiled.
 *
 * @param soa for positive answers
 * @param negativeSoa for negative answers (RFC 2308)
 * @param nameServers the backbone's name servers
 */
record ZoneRecords(RecordSet soa, RecordSet negativeSoa, RecordSet nameServers) {}
