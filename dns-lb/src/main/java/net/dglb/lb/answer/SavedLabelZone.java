package net.dglb.lb.answer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.Query;
import net.dglb.dns.zone.Zone;
import net.dglb.net.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * A label's zone as it was kept. The only one that is compiled by the DNS thread that is first
 * asked for it: thousands need not be compiled before the first is answered. Two threads may do it
 * at once; both get the same.
 */
final class SavedLabelZone implements Zone {

  private final DomainName apex;
  private final ByteString content;
  private volatile @Nullable Zone compiled;

  SavedLabelZone(DomainName apex, ByteString content) {
    this.apex = apex;
    this.content = content;
  }

  @Override
  public DomainName apex() {
    return apex;
  }

  @Override
  public void answer(Query query, Answer answer) {
    Zone zone = compiled;
    if (zone == null) {
      zone = compile();
      compiled = zone;
    }
    zone.answer(query, answer);
  }

  private Zone compile() {
    try {
      return SavedContents.compile(apex, content);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the saved zone of " + apex + " cannot be read", e);
    }
  }
}
