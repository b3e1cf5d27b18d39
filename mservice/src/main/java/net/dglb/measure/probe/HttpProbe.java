package net.dglb.measure.probe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.dglb.net.AddressFamily;
import net.dglb.net.AddressLiteral;
import net.dglb.service.Download;
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
import org.jspecify.annotations.Nullable;

/**
 * One request on a new connection to a literal address: no name look-up, no proxy, no retry, no
 * reuse; redirections only as far as the check says, at the same host, and at the same address. The
 * check's host goes into the Host header and the TLS server name, and must be in the certificate;
 * if that host is itself an address, the certificate must hold the site's.
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
    Answered answered = Answered.NOTHING;
    Outcome outcome;
    String detail;
    try {
      HttpUrl url = url(target, target.check().path());
      answered = follow(target, url, phases);
      detail = answered.complaint(target.check(), settings.maxBodyBytes());
      outcome = answered.outcome(target.check());
    } catch (IOException e) {
      Diagnosis diagnosis = Diagnosis.of(e, target, settings, phases.isConnected());
      outcome = diagnosis.outcome();
      detail = diagnosis.detail();
    }
    return new Measurement(
        target,
        outcome,
        phases.phases(),
        answered.equals(Answered.NOTHING) ? phases.status() : answered.status(),
        clock.instant(),
        detail,
        answered.certificateExpires(),
        answered.load());
  }

  /** Reads as much of the object as its check says, within half of the interval. */
  Transfer download(ProbeTarget target) {
    Download object = target.check().exchange().download().orElseThrow();
    Fetched fetched = new Fetched(System::nanoTime);
    Outcome outcome;
    String detail = "";
    PhaseClock phases = new PhaseClock(System::nanoTime);
    try {
      HttpUrl url = url(target, object.path());
      long nanos = target.check().interval().toNanos() / 2;
      try (Response response = call(target, url, "GET", phases, nanos).execute()) {
        outcome = fetched.read(response, object.bytes());
        detail = outcome.isSuccess() ? "" : fetched.complaint(response, object);
      }
    } catch (IOException e) {
      Diagnosis diagnosis = Diagnosis.of(e, target, settings, phases.isConnected());
      outcome = diagnosis.outcome();
      detail = diagnosis.detail();
    }
    return new Transfer(target, outcome, fetched.bytes(), fetched.nanos(), clock.instant(), detail);
  }

  /** What is timed is the first answer; all of them together are bound by the timeout. */
  private Answered follow(ProbeTarget target, HttpUrl first, PhaseClock phases) throws IOException {
    long deadline = System.nanoTime() + target.check().timeout().toNanos();
    HttpUrl url = first;
    PhaseClock clockOfThis = phases;
    for (int left = target.check().exchange().redirects(); ; left--) {
      Call call =
          call(
              target,
              url,
              target.check().exchange().method(),
              clockOfThis,
              deadline - System.nanoTime());
      try (Response response = call.execute()) {
        String body = readBounded(response.body().source());
        HttpUrl next = response.isRedirect() ? next(url, response) : null;
        if (left == 0 || next == null) {
          return Answered.of(response, body, target.check());
        }
        url = next;
        clockOfThis = new PhaseClock(System::nanoTime);
      }
    }
  }

  /** Where the site leads to, if that is itself. */
  private static @Nullable HttpUrl next(HttpUrl from, Response response) {
    String location = response.header("Location");
    HttpUrl to = location == null ? null : from.resolve(location);
    boolean same =
        to != null
            && to.scheme().equals(from.scheme())
            && to.host().equals(from.host())
            && to.port() == from.port();
    return same ? to : null;
  }

  private Call call(ProbeTarget target, HttpUrl url, String method, PhaseClock phases, long nanos)
      throws IOException {
    if (nanos <= 0) {
      throw new InterruptedIOException("timeout");
    }
    InetAddress address = target.address();
    Call call =
        client
            .newBuilder()
            .protocols(protocols(target.check()))
            .dns(name -> List.of(address))
            .socketFactory(new LocalSockets(settings.local(AddressFamily.of(address))))
            .build()
            .newCall(request(target, url, method, phases));
    call.timeout().timeout(nanos, TimeUnit.NANOSECONDS);
    return call;
  }

  private static List<Protocol> protocols(HealthCheck check) {
    if (!check.exchange().http2()) {
      return List.of(Protocol.HTTP_1_1);
    }
    return check.kind() == HealthCheck.Kind.HTTPS
        ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
        : List.of(Protocol.H2_PRIOR_KNOWLEDGE);
  }

  private static HttpUrl url(ProbeTarget target, String path) throws IOException {
    HealthCheck check = target.check();
    String host = isAddress(check.host()) ? target.address().getHostAddress() : check.host();
    String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + check.port();
    String scheme = check.kind() == HealthCheck.Kind.HTTPS ? "https://" : "http://";
    HttpUrl url = HttpUrl.parse(scheme + authority + path);
    if (url == null) {
      throw new IOException("not a URL: " + scheme + authority + path);
    }
    return url;
  }

  private Request request(ProbeTarget target, HttpUrl url, String method, PhaseClock phases) {
    HealthCheck check = target.check();
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .method(method, null)
            .header("User-Agent", settings.userAgent())
            .header("Accept-Encoding", "identity")
            .header("Connection", "close")
            .tag(PhaseClock.class, phases);
    check.exchange().headers().forEach(it -> request.header(it.name(), it.value()));
    if (isAddress(check.host())) {
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

  private String readBounded(BufferedSource source) throws IOException {
    Buffer sink = new Buffer();
    long left = settings.maxBodyBytes();
    while (left > 0) {
      long read = source.read(sink, Math.min(READ_AT_ONCE, left));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return sink.readUtf8();
  }

  void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
