package net.dglb.backbone.duty;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import net.dglb.net.DomainName;

/** Asks a name server for the TXT record at a name. */
@FunctionalInterface
public interface AddressProbe {

  /**
   * Asks once, without blocking.
   *
   * @param tcp over TCP, else over UDP
   * @param result told on the control thread why there was no right answer; empty if there was
   */
  void ask(
      InetAddress address,
      int port,
      boolean tcp,
      DomainName name,
      String text,
      Consumer<Optional<String>> result);
}
