package net.dglb.measure.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.service.HealthCheck;
import net.dglb.service.ProbeTarget;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * One GET on a new connection to a literal address: no name look-up, no proxy, no redirect, no
 * retry, no reuse. The check's host goes into the Host header and the TLS server name, and must be
 * in the certificate; if that host is itself an address, the certificate must hold the site's.
 */
final class HttpProbe {

  private static final long READ_AT_ONCE = 8192;

  private final ProberSettings settings;
  private final Clock clock;
  private final OkHttpClient client;

  HttpProbe(ProberSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .protocols(List.of(Protocol.HTTP_1_1))
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .connectTimeout(Duration.ZERO)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .eventListenerFactory(HttpProbe::clockOf);
    if (settings.trustedAuthorities().isPresent()) {
      Trust trust = Trust.fromPem(settings.trustedAuthorities().get());
      builder.sslSocketFactory(trust.sockets(), trust.manager());
    }
    client = builder.build();
  }

  private static EventListener clockOf(Call call) {
    PhaseClock phases = call.request().tag(PhaseClock.class);
    return phases == null ? EventListener.NONE : phases;
  }

  Measurement probe(ProbeTarget target) {
    PhaseClock phases = new PhaseClock(System::nanoTime);
    int status = 0;
    Outcome outcome;
    String detail = "";
    try (Response response = call(target, phases).execute()) {
      status = response.code();
      readBounded(response.body().source());
      boolean accepted = target.check().accepts(status);
      outcome = accepted ? Outcome.SUCCESS : Outcome.BAD_STATUS;
      detail = accepted ? "" : "status " + status;
    } catch (IOException e) {
      outcome = Diagnosis.of(e, phases.isConnected());
      detail = String.valueOf(e.getMessage());
    }
    return new Measurement(target, outcome, phases.phases(), status, clock.instant(), detail);
  }

  private Call call(ProbeTarget target, PhaseClock phases) throws IOException {
    InetAddress address = target.address();
    Call call =
        client
            .newBuilder()
            .dns(name -> List.of(address))
            .socketFactory(new LocalSockets(settings.local(AddressFamily.of(address))))
            .build()
            .newCall(request(target, phases));
    call.timeout().timeout(target.check().timeout().toNanos(), TimeUnit.NANOSECONDS);
    return call;
  }

  private Request request(ProbeTarget target, PhaseClock phases) throws IOException {
    HealthCheck check = target.check();
    boolean literal = isAddress(check.host());
    String host = literal ? target.address().getHostAddress() : check.host();
    String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + check.port();
    String scheme = check.kind() == HealthCheck.Kind.HTTPS ? "https://" : "http://";
    HttpUrl url = HttpUrl.parse(scheme + authority + check.path());
    if (url == null) {
      throw new IOException("not a URL: " + scheme + authority + check.path());
    }
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", settings.userAgent())
            .header("Accept-Encoding", "identity")
            .header("Connection", "close")
            .tag(PhaseClock.class, phases);
    if (literal) {
      boolean usual = check.port() == check.kind().usualPort();
      String shown = check.host().contains(":") ? "[" + check.host() + "]" : check.host();
      request.header("Host", usual ? shown : shown + ":" + check.port());
    }
    return request.build();
  }

  private static boolean isAddress(String host) {
    try {
      AddressLiteral.parse(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void readBounded(BufferedSource source) throws IOException {
    Buffer sink = new Buffer();
    long left = settings.maxBodyBytes();
    while (left > 0) {
      long read = source.read(sink, Math.min(READ_AT_ONCE, left));
      if (read < 0) {
        return;
      }
      left -= read;
      sink.clear();
    }
  }

  void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
