package net.dglb.backbone.registry;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.dglb.net.DomainName;
import net.dglb.service.TextSet;

/** TXT records between the log's form and the model's. */
public final class WireTexts {

  private WireTexts() {}

  static List<net.dglb.backbone.registry.wire.TextSet> toWire(List<TextSet> texts) {
    return texts.stream()
        .map(text ->
            net.dglb.backbone.registry.wire.TextSet.newBuilder()
                .setName(text.name().toString())
                .setTtlSeconds(text.ttlSeconds())
                .addAllData(
                    text.data().stream()
                        .map(it -> ByteString.copyFrom(it, StandardCharsets.ISO_8859_1))
                        .toList())
                .build())
        .toList();
  }

  /**
   * The model of stored records.
   *
   * @throws IllegalArgumentException if they are out of range
   */
  public static List<TextSet> fromWire(List<net.dglb.backbone.registry.wire.TextSet> texts) {
    return texts.stream()
        .map(text ->
            new TextSet(
                DomainName.of(text.getName()),
                text.getTtlSeconds(),
                text.getDataList().stream()
                    .map(it -> it.toString(StandardCharsets.ISO_8859_1))
                    .toList()))
        .toList();
  }
}
