package net.dglb.authority;

import java.nio.file.Path;
import net.dglb.net.DomainName;

/**
 * A zone to serve.
 *
 * @param origin its apex
 * @param file its master file (RFC 1035 section 5)
 */
public record ZoneSource(DomainName origin, Path file) {}
