package net.dglb.dns.tsig;

import java.util.Optional;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;

/** The keys that this node shares with others. Asked by several threads at once. */
public interface TsigKeys {

  /** The key of that name. */
  Optional<TsigKey> find(DomainName name);
}
