package net.dglb.dns.serve;

import java.net.InetAddress;
import java.util.Optional;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.dns.transfer.ZoneSnapshot;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;

/** Zone transfers of {@code example.test} alone, for whom a rule says. */
record OneZone(String text, Rule rule) implements TransferSource {

  /** Who may have it. */
  interface Rule {
    boolean allows(Optional<TsigKey> key, InetAddress source);
  }

  @Override
  public Optional<TransferZone> find(DomainName apex) {
    return apex.equals(DomainName.of("example.test"))
        ? Optional.of(TransferZone.of(ZoneSnapshot.of(Asked.records("example.test", text))))
        : Optional.empty();
  }

  @Override
  public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
    return rule.allows(key, source);
  }
}
