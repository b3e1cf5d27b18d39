package net.dglb.dns.slow;

import java.net.InetAddress;
import java.util.Optional;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;

/** The zones that may be had as a whole, and by whom. Asked by several threads at once. */
public interface TransferSource {

  /** The zone that begins at a name, if there is one. */
  Optional<TransferZone> find(DomainName apex);

  /**
   * Whether somebody may have it.
   *
   * @param key what the request was signed with
   */
  boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source);
}
