package net.dglb.decision;

import static net.dglb.decision.Health.DOWN;
import static net.dglb.decision.Health.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import net.dglb.net.AddressFamily;
import net.dglb.service.AllDown;
import net.dglb.service.Answering;
import org.junit.jupiter.api.Test;

/** The registered TTL of an answer is 5 min, 30 s while health changes. */
class AnsweredTest {

  private static List<String> addresses(Scene scene, int count) {
    Answers answers =
        Answered.answers(scene.answers(new Answering(count, false)).service(), scene.rank());
    assertThat(answers.isSameForAll()).isTrue();
    return answers.choices().getFirst().addresses().stream()
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static Duration ttl(Scene scene) {
    return Answered.ttl(scene.service(), List.of(scene.rank(), scene.rank(AddressFamily.IPV6)))
        .duration();
  }

  private static Scene bothDown(AllDown rule) {
    return new Scene().site("a", DOWN, 20).site("b", DOWN, 10).allDown(rule);
  }

  private static AllDown rule(AllDown.Rule rule) {
    return new AllDown(rule, List.of());
  }

  @Test
  void answersTheBest() {
    Scene scene = new Scene().site("a", UP, 20).site("b", UP, 10).site("c", UP, 30);
    assertThat(addresses(scene, 1)).containsExactly("192.0.2.2");
    assertThat(addresses(scene, 2)).containsExactly("192.0.2.2", "192.0.2.1");
  }

  @Test
  void answersNoDeadSiteBesideALivingOne() {
    Scene scene = new Scene().site("a", UP, 20).site("b", DOWN, 10).site("c", UP, 30);
    assertThat(addresses(scene, 3)).containsExactly("192.0.2.1", "192.0.2.3");
  }

  @Test
  void goesOnWithTheLastGoodWhileEverySiteIsDown() {
    Ranking before = new Scene().site("a", UP, 5).site("b", UP, 10).rank();
    Scene scene = bothDown(AllDown.DEFAULT).after(before);
    assertThat(addresses(scene, 1)).containsExactly("192.0.2.1");
  }

  @Test
  void answersEverySiteWhileEverySiteIsDownIfAskedTo() {
    assertThat(addresses(bothDown(rule(AllDown.Rule.ALL)), 1))
        .containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
  }

  @Test
  void answersOtherAddressesOfTheFamilyWhileEverySiteIsDownIfAskedTo() {
    List<InetAddress> sorry =
        List.of(InetAddress.ofLiteral("2001:db8::9"), InetAddress.ofLiteral("198.51.100.9"));
    Scene scene = bothDown(new AllDown(AllDown.Rule.FALLBACK, sorry));
    assertThat(addresses(scene, 1)).containsExactly("198.51.100.9");
  }

  @Test
  void answersNothingWhileEverySiteIsDownIfAskedTo() {
    assertThat(addresses(bothDown(rule(AllDown.Rule.NONE)), 1)).isEmpty();
  }

  @Test
  void looksAtTheRuleOnlyWhileEverySiteIsDown() {
    Scene scene = new Scene().site("a", UP, 20).site("b", DOWN, 10);
    assertThat(addresses(scene.allDown(rule(AllDown.Rule.NONE)), 1)).containsExactly("192.0.2.1");
  }

  @Test
  void isKeptForTheRegisteredTimeWhileNothingChanges() {
    assertThat(ttl(new Scene().site("a", UP, 20).site("b", DOWN, 10)))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void isKeptForAShorterTimeWhileTheFirstIsFailing() {
    assertThat(ttl(new Scene().changing("a", UP, 20).site("b", UP, 30)))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(ttl(new Scene().changing("a", UP, 20).site("b", UP, 10)))
        .as("another one is failing")
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void isKeptForAShorterTimeWhileASiteReturns() {
    assertThat(ttl(new Scene().changing("a", DOWN, 20).site("b", UP, 30)))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void isKeptShortlyWhereNothingIsMeasuredOrEverySiteIsDown() {
    assertThat(ttl(new Scene().unmeasured("a", UP))).isEqualTo(Duration.ofSeconds(20));
    assertThat(ttl(bothDown(AllDown.DEFAULT))).isEqualTo(Duration.ofSeconds(20));
  }
}
