package net.dglb.backbone.refer;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dglb.backbone.sign.TypeBitmap;
import net.dglb.dns.wire.Answer;
import net.dglb.dns.wire.NameTable;
import net.dglb.dns.wire.Query;
import net.dglb.dns.wire.RecordSet;
import net.dglb.dns.wire.RecordSetBuilder;
import net.dglb.dns.wire.RecordType;
import net.dglb.dns.wire.WireName;
import net.dglb.net.DomainName;
import net.dglb.service.TextSet;
import org.jspecify.annotations.Nullable;

/**
 * The TXT records that dynamic updates left in an enterprise zone. At the name of a service there
 * is a CNAME instead: a TXT record there is only told to its owner in a transfer. Immutable.
 */
final class TextNames {

  /** No records. */
  static final TextNames NONE = new TextNames(DomainName.ROOT, List.of());

  private static final TypeBitmap TEXT = TypeBitmap.of(RecordType.TXT);

  /** TXT records, or null for a name that only has such below it. */
  private record Node(@Nullable RecordSet texts) {}

  private final NameTable<Node> nodes;

  TextNames(DomainName apex, Collection<TextSet> sets) {
    Map<WireName, Node> table = new HashMap<>();
    for (TextSet set : sets) {
      table.put(WireName.of(set.name()), new Node(compile(apex, set)));
      for (DomainName up = set.name().parent(); up.isBelow(apex); up = up.parent()) {
        table.putIfAbsent(WireName.of(up), new Node(null));
      }
    }
    nodes = NameTable.of(table);
  }

  private static RecordSet compile(DomainName apex, TextSet text) {
    RecordSetBuilder set = new RecordSetBuilder(RecordType.TXT, text.ttlSeconds(), apex);
    text.data().forEach(data -> set.data(data.getBytes(StandardCharsets.ISO_8859_1)));
    return set.build();
  }

  /** Answers if the question's name is one of these; returns whether it was. */
  boolean answer(Query query, Answer answer, ZoneWriter writer) {
    Node node = nodes.find(query, 0);
    if (node == null) {
      return false;
    }
    if (node.texts == null) {
      writer.emptyNonTerminal(query, answer);
    } else if (query.type() == RecordType.TXT || query.type() == RecordType.ANY) {
      writer.positive(query, answer, node.texts);
    } else {
      writer.noData(query, answer, TEXT);
    }
    return true;
  }
}
