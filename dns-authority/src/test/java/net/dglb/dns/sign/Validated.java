package net.dglb.dns.sign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.wire.Transport;
import net.dglb.net.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** dnsjava's validator in front of zones in memory, which it trusts by one key. */
public final class Validated {

  private final ValidatingResolver validator;

  public Validated(Asked asked, String apex, SigningKey anchor, Clock clock) throws IOException {
    validator = new ValidatingResolver(new InMemory(asked), clock);
    Record ds =
        Record.newRecord(
            Name.fromConstantString(apex + "."),
            Type.DS,
            DClass.IN,
            3600,
            anchor.ds(DomainName.of(apex)));
    validator.loadTrustAnchors(
        new ByteArrayInputStream(ds.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  /** Asks, and insists that the answer is proved to be right. */
  public Message ask(String name, String type) throws IOException {
    Message answer = validator.send(Asked.query(name, type));
    if (!answer.getHeader().getFlag(Flags.AD)) {
      throw new AssertionError(name + " " + type + " is not validated:\n" + answer);
    }
    return answer;
  }

  private record InMemory(Asked asked) implements Resolver {

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
      Message secure = query.clone();
      secure.removeAllRecords(Section.ADDITIONAL);
      secure.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
      return CompletableFuture.completedFuture(asked.ask(secure, Transport.TCP));
    }

    @Override
    public void setPort(int port) {}

    @Override
    public void setTCP(boolean flag) {}

    @Override
    public void setIgnoreTruncation(boolean flag) {}

    @Override
    public void setEDNS(int version, int payload, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {}

    @Override
    public void setTimeout(Duration timeout) {}
  }
}
