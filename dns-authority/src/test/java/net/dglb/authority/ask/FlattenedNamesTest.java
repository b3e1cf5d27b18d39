package net.dglb.authority.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.dglb.dns.serve.Asked;
import net.dglb.net.DomainName;
import net.dglb.net.Endpoint;
import net.dglb.time.VirtualTimeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class FlattenedNamesTest {

  private static final DomainName APEX = DomainName.of("foobar.test");
  private static final String SERVICE = "www.lb.foobar.test";
  private static final String LABEL = "lb-1.www.lb.foobar.test";
  private static final InetAddress BACKBONE = InetAddress.ofLiteral("192.0.2.11");
  private static final InetAddress OTHER_BACKBONE = InetAddress.ofLiteral("192.0.2.12");

  private final VirtualTimeline timeline =
      new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
  private final Map<String, byte[]> kept = new HashMap<>();
  private final Map<String, Message> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private int changes;
  private FlattenedNames names;

  @BeforeEach
  void start() {
    names =
        new FlattenedNames(
            kept, timeline, server -> query -> reply(server, query), () -> changes++);
    use();
  }

  private void use() {
    names.use(
        Map.of(
            APEX,
            new FlattenedNames.Source(DomainName.of(SERVICE), List.of(BACKBONE, OTHER_BACKBONE))));
    names.start();
  }

  private CompletableFuture<Message> reply(Endpoint server, Message query) {
    Record question = query.getQuestion();
    String key =
        server.address().getHostAddress()
            + " "
            + question.getName().toString(true)
            + " "
            + Type.string(question.getType());
    asked.add(key);
    Message answer = answers.get(key);
    return answer == null
        ? CompletableFuture.failedFuture(new IOException("no route"))
        : CompletableFuture.completedFuture(answer);
  }

  /** Lines of a section each: {@code "answer www A 192.0.2.1"} with absolute names. */
  private void answer(String key, String... lines) {
    Message message = new Message();
    for (String line : lines) {
      String[] parts = line.split(" ", 2);
      int section =
          switch (parts[0]) {
            case "answer" -> Section.ANSWER;
            case "authority" -> Section.AUTHORITY;
            default -> Section.ADDITIONAL;
          };
      Asked.records("test", parts[1] + "\n").forEach(it -> message.addRecord(it, section));
    }
    answers.put(key, message);
  }

  private void theServiceIsAnsweredAs(String address) {
    for (String type : List.of("A", "AAAA")) {
      answer(
          "192.0.2.11 " + SERVICE + " " + type,
          "answer " + SERVICE + ". 3600 CNAME " + LABEL + ".",
          "authority " + LABEL + ". 3600 NS lb-1.ns.lb.foobar.test.",
          "additional lb-1.ns.lb.foobar.test. 3600 A 192.0.2.53");
    }
    answer("192.0.2.53 " + LABEL + " A", "answer " + LABEL + ". 60 A " + address);
    answer("192.0.2.53 " + LABEL + " AAAA");
  }

  private List<String> found() {
    FlattenedNames.Flattened found = names.found().get(APEX);
    return found == null
        ? List.of()
        : found.addresses().stream().map(InetAddress::getHostAddress).toList();
  }

  private int ttlSeconds() {
    FlattenedNames.Flattened found = names.found().get(APEX);
    return found == null ? -1 : found.ttlSeconds();
  }

  @Test
  void followsTheBackboneToALoadBalancerAndStaysEqual() {
    theServiceIsAnsweredAs("198.51.100.1");
    timeline.advance(Duration.ofSeconds(1));
    assertThat(found()).containsExactly("198.51.100.1");
    assertThat(ttlSeconds()).isEqualTo(60);
    assertThat(changes).isEqualTo(1);

    asked.clear();
    timeline.advance(Duration.ofSeconds(55));
    assertThat(asked).as("questions before the TTL has passed").isEmpty();
    timeline.advance(Duration.ofSeconds(10));
    assertThat(asked).isNotEmpty();
    assertThat(changes).as("the same again is no change").isEqualTo(1);

    theServiceIsAnsweredAs("198.51.100.2");
    timeline.advance(Duration.ofSeconds(70));
    assertThat(found()).containsExactly("198.51.100.2");
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void staysEqualAlsoWhenTheClockIsSetBackAnHour() {
    theServiceIsAnsweredAs("198.51.100.1");
    timeline.advance(Duration.ofSeconds(1));
    timeline.setWallClock(Duration.ofHours(-1));

    theServiceIsAnsweredAs("198.51.100.2");
    timeline.advance(Duration.ofSeconds(70));

    assertThat(found()).containsExactly("198.51.100.2");
  }

  @Test
  void aServiceThatTheBackboneAnswersItselfNeedsNoMore() {
    answer("192.0.2.11 " + SERVICE + " A", "answer " + SERVICE + ". 20 A 198.51.100.1");
    answer("192.0.2.11 " + SERVICE + " AAAA", "answer " + SERVICE + ". 30 AAAA 2001:db8::1");
    timeline.advance(Duration.ofSeconds(1));
    assertThat(found()).containsExactlyInAnyOrder("198.51.100.1", "2001:db8:0:0:0:0:0:1");
    assertThat(ttlSeconds()).isEqualTo(20);
  }

  @Test
  void anotherServerIsAskedWhenOneIsSilent() {
    answer("192.0.2.12 " + SERVICE + " A", "answer " + SERVICE + ". 60 A 198.51.100.1");
    answer("192.0.2.12 " + SERVICE + " AAAA");
    timeline.advance(Duration.ofSeconds(1));
    assertThat(found()).containsExactly("198.51.100.1");
  }

  @Test
  void whatWasFoundLastStaysWhenNobodyAnswersAndOverARestart() {
    theServiceIsAnsweredAs("198.51.100.1");
    timeline.advance(Duration.ofSeconds(1));
    answers.clear();
    timeline.advance(Duration.ofHours(1));
    assertThat(found()).containsExactly("198.51.100.1");
    start();
    assertThat(found()).containsExactly("198.51.100.1");
    answer("192.0.2.11 " + SERVICE + " A");
    answer("192.0.2.11 " + SERVICE + " AAAA");
    answers.values().forEach(message -> message.getHeader().setRcode(Rcode.SERVFAIL));
    timeline.advance(Duration.ofHours(1));
    assertThat(found()).containsExactly("198.51.100.1");
    answers.values().forEach(message -> message.getHeader().setRcode(Rcode.NOERROR));
    timeline.advance(Duration.ofHours(1));
    assertThat(found()).as("a service without an address").containsExactly("198.51.100.1");
  }

  @Test
  void aLoopOfAliasesEnds() {
    for (String type : List.of("A", "AAAA")) {
      answer(
          "192.0.2.11 " + SERVICE + " " + type, "answer " + SERVICE + ". 60 CNAME " + LABEL + ".");
      answer("192.0.2.11 " + LABEL + " " + type, "answer " + LABEL + ". 60 CNAME " + SERVICE + ".");
    }
    timeline.advance(Duration.ofSeconds(1));
    assertThat(found()).isEmpty();
    assertThat(asked).hasSizeLessThan(50);
  }
}
