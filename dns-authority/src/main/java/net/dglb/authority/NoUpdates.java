package net.dglb.authority;

import java.net.InetAddress;
import java.util.function.IntConsumer;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.slow.UpdateSink;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.zone.Names;
import net.dglb.net.AddressLiteral;
import net.dglb.node.SeldomLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/** Refuses dynamic updates: the zones of this node say what their master files say. */
record NoUpdates(TransferSource zones, SeldomLine refused) implements UpdateSink {

  private static final Logger LOG = LoggerFactory.getLogger(NoUpdates.class);

  @Override
  public void take(ReceivedMessage update, InetAddress source, IntConsumer rcode) {
    Record zone = update.message().getQuestion();
    if (zone == null) {
      rcode.accept(Rcode.FORMERR);
      return;
    }
    boolean ours = isOurs(zone);
    if (ours) {
      refused.tell(more ->
          LOG.info(
              "{}: update from {} refused (change the master file; addresses of balanced names are"
                  + " updated at the backbone){}",
              zone.getName(),
              AddressLiteral.text(source),
              more));
    }
    rcode.accept(ours ? Rcode.REFUSED : Rcode.NOTAUTH);
  }

  private boolean isOurs(Record zone) {
    try {
      return zones.find(Names.of(zone.getName())).isPresent();
    } catch (IllegalArgumentException e) { // a name that none of our zones can have
      return false;
    }
  }
}
