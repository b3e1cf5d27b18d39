package net.dglb.proxy.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.dglb.proxy.http.Headers;
import net.dglb.proxy.http.RequestHead;
import net.dglb.proxy.http.ResponseHead;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.cache.CacheConfig;
import org.apache.hc.client5.http.impl.cache.CachingHttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.TimeValue;

/**
 * The shared cache of Apache HttpClient before an origin that is a list of responses: no socket,
 * but its own clock, which is the real one.
 */
final class OtherCache implements AutoCloseable {
  private final Deque<ResponseHead> answers = new ArrayDeque<>();
  private final List<ClassicHttpRequest> asked = new ArrayList<>();
  private final CloseableHttpClient client;

  OtherCache() {
    CacheConfig config =
        CacheConfig.custom()
            .setSharedCache(true)
            .setHeuristicCachingEnabled(true)
            .setHeuristicCoefficient(0.1f)
            .setHeuristicDefaultLifetime(TimeValue.ZERO_MILLISECONDS)
            .setStaleIfErrorEnabled(false)
            .build();
    client =
        CachingHttpClientBuilder.create()
            .setCacheConfig(config)
            .replaceExecInterceptor(ChainElement.PROTOCOL.name(), this::answer)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableAuthCaching()
            .disableCookieManagement()
            .build();
  }

  /** What the client gets, and whether the origin is asked, when the origin would answer so. */
  Outcome ask(RequestHead request, ResponseHead answer) {
    answers.add(answer);
    asked.clear();
    ClassicRequestBuilder builder =
        ClassicRequestBuilder.create(request.method()).setUri(request.target().toString());
    request.headers().fields().forEach(field -> builder.addHeader(field.name(), field.value()));
    try {
      int status = client.execute(builder.build(), response -> response.getCode());
      answers.clear();
      return outcome(status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome outcome(int status) {
    if (!asked.isEmpty()) {
      return Outcome.ASKED;
    }
    return status == 504 ? Outcome.REFUSED : Outcome.REUSED;
  }

  private ClassicHttpResponse answer(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
    asked.add(request);
    ResponseHead head = answers.isEmpty() ? new ResponseHead(500, Headers.NONE) : answers.remove();
    ClassicHttpResponse response = new BasicClassicHttpResponse(head.status(), "said");
    head.headers().fields().forEach(field -> response.addHeader(field.name(), field.value()));
    response.setEntity(new StringEntity("content", ContentType.TEXT_PLAIN));
    return response;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
