package net.dglb.dns.slow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.dglb.dns.serve.Catalog;
import net.dglb.dns.serve.DnsServer;
import net.dglb.dns.serve.DnsServerSettings;
import net.dglb.dns.transfer.TransferZone;
import net.dglb.identity.TsigAlgorithm;
import net.dglb.identity.TsigKey;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.node.Published;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;

/** What nsupdate sees of a server whose clock is not its own. */
class ClocksApartTest {

  private static final TsigKey KEY =
      TsigKey.random(DomainName.of("updates.foobar.test"), TsigAlgorithm.HMAC_SHA256);

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0, ''", "250, ''", "-250, ''", "400, BADTIME", "-400, BADTIME"})
  void updatesAreTakenUpTo300SecondsApart(long seconds, String error) throws Exception {
    CommandLine.require("/usr/bin/nsupdate");
    Path key = folder.resolve("key");
    Files.writeString(key, KEY.text());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Published<Catalog> catalog = new Published<>(Catalog.empty());
    try (SlowRequests slow =
            new SlowRequests(
                name -> KEY.name().equals(name) ? Optional.of(KEY) : Optional.empty(),
                new NothingToTransfer(),
                (_, _, answer) -> answer.accept(UpdateAnswer.of(Rcode.NOERROR)),
                () -> Instant.now().plus(Duration.ofSeconds(seconds)),
                System::nanoTime);
        DnsServer server =
            DnsServer.start(
                vertx,
                List.of(Endpoint.parse("127.0.0.1:0")),
                DnsServerSettings.DEFAULT,
                catalog,
                Optional.of(slow))) {
      Path script = folder.resolve("script");
      Files.writeString(
          script,
          "server 127.0.0.1 %d\nzone foobar.test\nupdate add a.foobar.test 60 TXT x\nsend\n"
              .formatted(server.addresses().getFirst().port()));
      String said =
          CommandLine.run(List.of("/usr/bin/nsupdate", "-k", key.toString(), script.toString()));
      if (error.isEmpty()) {
        assertThat(said).isEmpty();
      } else {
        assertThat(said).contains("NOTAUTH(" + error + ")");
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private static final class NothingToTransfer implements TransferSource {

    @Override
    public Optional<TransferZone> find(DomainName apex) {
      return Optional.empty();
    }

    @Override
    public boolean allows(DomainName apex, Optional<TsigKey> key, InetAddress source) {
      return false;
    }
  }
}
