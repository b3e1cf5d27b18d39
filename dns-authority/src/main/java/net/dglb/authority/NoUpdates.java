package net.dglb.authority;

import java.net.InetAddress;
import java.util.function.Consumer;
import net.dglb.dns.slow.TransferSource;
import net.dglb.dns.slow.UpdateAnswer;
import net.dglb.dns.slow.UpdateSink;
import net.dglb.dns.tsig.ReceivedMessage;
import net.dglb.dns.wire.ExtendedError;
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
  private static final UpdateAnswer NOT_HERE =
      UpdateAnswer.of(
          Rcode.REFUSED, ExtendedError.NOT_SUPPORTED, "the zone says what its master file says");
  private static final UpdateAnswer NOT_OURS =
      UpdateAnswer.of(Rcode.NOTAUTH, ExtendedError.NOT_AUTHORITATIVE, "");

  @Override
  public void take(ReceivedMessage update, InetAddress source, Consumer<UpdateAnswer> answer) {
    Record zone = update.message().getQuestion();
    if (zone == null) {
      answer.accept(UpdateAnswer.of(Rcode.FORMERR));
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
    answer.accept(ours ? NOT_HERE : NOT_OURS);
  }

  private boolean isOurs(Record zone) {
    try {
      return zones.find(Names.of(zone.getName())).isPresent();
    } catch (IllegalArgumentException e) { // a name that none of our zones can have
      return false;
    }
  }
}
