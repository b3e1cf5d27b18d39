package net.dglb.backbone.refer;

import net.dglb.dns.wire.RecordSet;
import org.jspecify.annotations.Nullable;

/**
 * What the label address answers for one label, by family.
 *
 * @param ipv4 the A records, null if no site has one
 * @param ipv6 the AAAA records, null if no site has one
 */
record SiteAddresses(@Nullable RecordSet ipv4, @Nullable RecordSet ipv6) {}
