package net.dglb.proxy.cache;

import static net.dglb.proxy.cache.Exchange.DEFAULTS;
import static net.dglb.proxy.cache.Exchange.NOW;
import static net.dglb.proxy.cache.Exchange.date;
import static net.dglb.proxy.cache.Exchange.get;
import static net.dglb.proxy.cache.Exchange.ok;
import static net.dglb.proxy.cache.Exchange.stored;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoredResponseTest {
  @Test
  void keepsNoFieldOfTheConnection() {
    StoredResponse stored =
        stored(
            "Cache-Control", "max-age=60",
            "Connection", "X-Hop, close, Cache-Control, Vary",
            "X-Hop", "1",
            "Keep-Alive", "timeout=5",
            "Transfer-Encoding", "chunked",
            "Proxy-Authenticate", "Basic",
            "Upgrade", "h2c",
            "Vary", "Accept",
            "X-End", "2");
    assertThat(stored.head().headers().names())
        .containsExactlyInAnyOrder("cache-control", "vary", "x-end", "date");
  }

  @Test
  void addsTheDateThatIsMissingOrUnreadable() {
    assertThat(stored("Cache-Control", "max-age=60").date()).isEqualTo(NOW);
    assertThat(stored("Cache-Control", "max-age=60", "Date", "x").head().headers().all("Date"))
        .containsExactly(date(0));
    assertThat(stored("Cache-Control", "max-age=60", "Date", date(-5)).date())
        .isEqualTo(NOW.minusSeconds(5));
  }

  @Test
  void saysItsAgeWhenItIsSent() {
    StoredResponse stored = stored("Cache-Control", "max-age=60", "Age", "7");
    assertThat(stored.head().headers().has("Age")).isFalse();
    assertThat(stored.headersAt(Exchange.after(5)).all("Age")).containsExactly("12");
  }

  @Test
  void selectsTheNewestThatMatches() {
    StoredResponse english =
        stored(
            get("Accept-Language", "en"),
            ok("Cache-Control", "max-age=60", "Vary", "Accept-Language", "Date", date(-9)),
            DEFAULTS);
    StoredResponse newerEnglish =
        stored(
            get("Accept-Language", "en"),
            ok("Cache-Control", "max-age=60", "Vary", "accept-language", "Date", date(-3)),
            DEFAULTS);
    StoredResponse german =
        stored(
            get("Accept-Language", "de"),
            ok("Cache-Control", "max-age=60", "Vary", "Accept-Language"),
            DEFAULTS);
    StoredResponse withoutVary = stored("Cache-Control", "max-age=60");
    List<StoredResponse> all = List.of(withoutVary, english, newerEnglish, german);

    assertThat(StoredResponse.select(all, get("Accept-Language", "en"))).contains(newerEnglish);
    assertThat(StoredResponse.select(all, get("Accept-Language", "de"))).contains(german);
    assertThat(StoredResponse.select(all, get("Accept-Language", "fr"))).contains(withoutVary);
    assertThat(StoredResponse.select(List.of(english, german), get())).isEmpty();
  }
}
