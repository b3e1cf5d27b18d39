package net.dglb.mapping.convert;

import java.util.Optional;
import net.dglb.mapping.wire.Answering;
import net.dglb.service.HttpsBinding;

/** What answers hold. */
final class WireAnswering {

  private WireAnswering() {}

  static Answering toWire(net.dglb.service.Answering answering) {
    Answering.Builder message =
        Answering.newBuilder().setCount(answering.count()).setRotate(answering.rotate());
    answering
        .https()
        .ifPresent(it ->
            message.setHttps(
                net.dglb.mapping.wire.HttpsBinding.newBuilder()
                    .addAllAlpn(it.alpn())
                    .setNoDefaultAlpn(!it.defaultAlpn())
                    .setPort(it.port())));
    return message.build();
  }

  static net.dglb.service.Answering read(Answering message) throws MalformedMessageException {
    return new net.dglb.service.Answering(
        message.getCount(),
        message.getRotate(),
        message.hasHttps()
            ? Optional.of(Reading.one("https", message.getHttps(), WireAnswering::read))
            : Optional.empty());
  }

  private static HttpsBinding read(net.dglb.mapping.wire.HttpsBinding message)
      throws MalformedMessageException {
    return new HttpsBinding(
        Reading.all("alpn", message.getAlpnList(), HttpsBinding.MAX_ALPN, it -> it),
        !message.getNoDefaultAlpn(),
        message.getPort());
  }
}
