package net.dglb.authority;

import net.dglb.net.DomainName;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Names between this project's form and dnsjava's. */
final class Names {

  private Names() {}

  static Name of(DomainName name) {
    try {
      return name.labels().isEmpty() ? Name.root : Name.fromString(name.toString(), Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(name + ": every domain name is one for dnsjava too", e);
    }
  }
}
