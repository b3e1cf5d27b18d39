package net.dglb.mapping.convert;

import java.util.Optional;
import net.dglb.mapping.wire.Exchange;

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
            .setRecordType(exchange.recordType());
    exchange.contains().ifPresent(message::setContains);
    exchange.loadHeader().ifPresent(message::setLoadHeader);
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
        message.getLoadHeader().isEmpty()
            ? Optional.empty()
            : Optional.of(message.getLoadHeader()));
  }
}
