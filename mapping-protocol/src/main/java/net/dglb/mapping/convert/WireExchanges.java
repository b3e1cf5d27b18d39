package net.dglb.mapping.convert;

import java.util.Optional;
import net.dglb.mapping.wire.Download;
import net.dglb.mapping.wire.Exchange;
import net.dglb.service.Exchange.LoadUnit;

/** What checks say and expect. */
final class WireExchanges {

  private WireExchanges() {}

  static Exchange toWire(net.dglb.service.Exchange exchange) {
    Exchange.Builder message =
        Exchange.newBuilder()
            .setMethod(exchange.method())
            .addAllHeaders(
                exchange.headers().stream()
                    .map(it ->
                        Exchange.Header.newBuilder()
                            .setName(it.name())
                            .setValue(it.value())
                            .build())
                    .toList())
            .setRedirects(exchange.redirects())
            .setHttp2(exchange.http2())
            .setRecordType(exchange.recordType())
            .setLoadOfCapacity(exchange.loadUnit() == LoadUnit.CAPACITY);
    exchange.contains().ifPresent(message::setContains);
    exchange.loadHeader().ifPresent(message::setLoadHeader);
    exchange
        .download()
        .ifPresent(it ->
            message.setDownload(
                Download.newBuilder()
                    .setPath(it.path())
                    .setBytes(it.bytes())
                    .setIntervalMillis((int) it.interval().toMillis())));
    return message.build();
  }

  static net.dglb.service.Exchange read(Exchange message) throws MalformedMessageException {
    return new net.dglb.service.Exchange(
        message.getMethod(),
        Reading.all(
            "headers",
            message.getHeadersList(),
            net.dglb.service.Exchange.MAX_HEADERS,
            it -> new net.dglb.service.Exchange.Header(it.getName(), it.getValue())),
        message.hasContains() ? Optional.of(message.getContains()) : Optional.empty(),
        message.getRedirects(),
        message.getHttp2(),
        message.getRecordType(),
        message.getLoadHeader().isEmpty() ? Optional.empty() : Optional.of(message.getLoadHeader()),
        message.getLoadOfCapacity() ? LoadUnit.CAPACITY : LoadUnit.SHARE,
        message.hasDownload()
            ? Optional.of(Reading.part("download", message.getDownload(), WireExchanges::read))
            : Optional.empty());
  }

  private static net.dglb.service.Download read(Download message) throws MalformedMessageException {
    return new net.dglb.service.Download(
        message.getPath(),
        message.getBytes(),
        WireChecks.millis("interval_millis", message.getIntervalMillis()));
  }
}
