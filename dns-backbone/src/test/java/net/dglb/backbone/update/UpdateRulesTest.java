package net.dglb.backbone.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.dglb.backbone.Samples;
import net.dglb.net.DomainName;
import net.dglb.service.EnterpriseZone;
import net.dglb.service.Service;
import net.dglb.service.Site;
import net.dglb.service.TextSet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

class UpdateRulesTest {

  private static final DomainName ORIGIN = DomainName.of("lb.foobar.test");
  private static final Name WWW = Name.fromConstantString("www.lb.foobar.test.");
  private static final Name DALLAS = Name.fromConstantString("dallas._sites.www.lb.foobar.test.");
  private static final Name CHALLENGE =
      Name.fromConstantString("_acme-challenge.www.lb.foobar.test.");
  private static final Name ELSEWHERE = Name.fromConstantString("www.other.test.");

  private final EnterpriseZone zone = zone();
  private ZoneDraft draft = draft(List.of());

  private static EnterpriseZone zone() {
    Service service =
        Samples.service(Samples.WWW)
            .withSites(
                List.of(site("dallas", "192.0.2.1", "2001:db8::1"), site("tokyo", "192.0.2.2")));
    return Samples.aliased(3).withServices(List.of(service));
  }

  private static Site site(String id, String... addresses) {
    return new Site(
        id,
        java.util.stream.Stream.of(addresses).map(InetAddress::ofLiteral).toList(),
        Optional.empty());
  }

  private ZoneDraft draft(List<TextSet> texts) {
    return new ZoneDraft(
        zone,
        texts,
        List.of(
            record("lb.foobar.test.", Type.SOA, "ns. hostmaster. 3 1 1 1 1"),
            record("lb.foobar.test.", Type.NS, "b1.dglb.test.")));
  }

  @Test
  void aNewAddressOfAServiceBecomesASiteNamedAfterIt() throws Exception {
    Update update = update();
    update.add(WWW, Type.A, 60, "192.0.2.9");
    update.add(WWW, Type.AAAA, 60, "2001:db8::9");
    update.add(WWW, Type.A, 60, "192.0.2.1");
    apply(update);
    assertThat(sites())
        .containsExactly(
            "dallas [192.0.2.1, 2001:db8::1]",
            "ip-192-0-2-9 [192.0.2.9]",
            "ip6-20010db8000000000000000000000009 [2001:db8::9]",
            "tokyo [192.0.2.2]");
  }

  @Test
  void anAddressThatIsGoneLeavesItsSiteWhichStaysIfTheEnterpriseNamedIt() throws Exception {
    Update update = update();
    update.add(WWW, Type.A, 60, "192.0.2.9");
    update.delete(WWW, Type.A, "192.0.2.9");
    update.delete(WWW, Type.A, "192.0.2.2");
    apply(update);
    assertThat(sites()).containsExactly("dallas [192.0.2.1, 2001:db8::1]", "tokyo []");
  }

  @Test
  void aSetIsReplacedAsAWhole() throws Exception {
    Update update = update();
    update.replace(record("www.lb.foobar.test.", Type.A, "192.0.2.2"));
    apply(update);
    assertThat(sites()).containsExactly("dallas [2001:db8::1]", "tokyo [192.0.2.2]");
  }

  @Test
  void oneSiteIsSetMadeAndEndedByItsOwnName() throws Exception {
    Update update = update();
    update.replace(record("dallas._sites.www.lb.foobar.test.", Type.A, "192.0.2.7"));
    update.add(name("paris._sites.www.lb.foobar.test."), Type.A, 60, "192.0.2.8");
    update.delete(name("tokyo._sites.www.lb.foobar.test."));
    apply(update);
    assertThat(sites()).containsExactly("dallas [2001:db8::1, 192.0.2.7]", "paris [192.0.2.8]");
  }

  @Test
  void aServiceCannotBeLeftWithoutAddresses() {
    Update update = update();
    update.delete(WWW);
    assertThatThrownBy(
            () -> {
              apply(update);
              draft.zone();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none has an address");
  }

  @Test
  void textsComeAndGoAndTakeTheLastTtl() throws Exception {
    Update update = update();
    update.add(CHALLENGE, Type.TXT, 60, "one");
    update.add(CHALLENGE, Type.TXT, 30, "two");
    update.add(name("_owner.a-www.lb.foobar.test."), Type.TXT, 300, "\"heritage=external-dns\"");
    apply(update);
    assertThat(draft.texts()).hasSize(2);
    assertThat(draft.set(DomainName.of("_acme-challenge.www.lb.foobar.test"), Type.TXT))
        .extracting(record -> record.getTTL() + " " + record.rdataToString())
        .containsExactly("30 one", "30 two");
    assertThat(draft.zone()).as("no address has changed").isSameAs(zone);

    Update gone = update();
    gone.delete(CHALLENGE, Type.TXT, "one");
    gone.delete(name("_owner.a-www.lb.foobar.test."), Type.TXT);
    apply(gone);
    assertThat(draft.texts()).singleElement().extracting(TextSet::data).asString().contains("two");
  }

  @Test
  void prerequisitesAreAnsweredAsTheRfcSays() throws Exception {
    refused(Rcode.NXDOMAIN, it -> it.present(CHALLENGE));
    refused(Rcode.NXRRSET, it -> it.present(WWW, Type.TXT));
    refused(Rcode.NXRRSET, it -> it.present(DALLAS, Type.A, "192.0.2.99"));
    refused(Rcode.NXRRSET, it -> it.present(WWW, Type.A, "192.0.2.1"));
    refused(Rcode.YXDOMAIN, it -> it.absent(WWW));
    refused(Rcode.YXRRSET, it -> it.absent(WWW, Type.A));
    refused(Rcode.NOTZONE, it -> it.present(ELSEWHERE));
    Update met = update();
    met.present(WWW);
    met.present(WWW, Type.AAAA);
    met.present(DALLAS, Type.A, "192.0.2.1");
    met.present(WWW, Type.A, "192.0.2.2");
    met.present(WWW, Type.A, "192.0.2.1");
    met.present(name("lb.foobar.test."), Type.NS);
    met.absent(CHALLENGE);
    met.absent(WWW, Type.TXT);
    apply(met);
  }

  @Test
  void whatCannotStandInTheZoneIsRefused() throws Exception {
    refused(Rcode.NOTZONE, it -> it.add(ELSEWHERE, Type.A, 60, "192.0.2.9"));
    refused(Rcode.REFUSED, it -> it.add(name("new.lb.foobar.test."), Type.A, 60, "192.0.2.9"));
    refused(Rcode.REFUSED, it -> it.add(WWW, Type.CNAME, 60, "x."));
    refused(Rcode.REFUSED, it -> it.add(name("ns.lb.foobar.test."), Type.TXT, 60, "x"));
    refused(Rcode.REFUSED, it -> it.add(name("lb-1.www.lb.foobar.test."), Type.TXT, 60, "x"));
    refused(Rcode.REFUSED, it -> it.add(name("lb.foobar.test."), Type.TXT, 60, "x"));
    refused(Rcode.REFUSED, it -> it.add(name("*.lb.foobar.test."), Type.TXT, 60, "x"));
    refused(Rcode.REFUSED, it -> it.add(name("a\\032b.lb.foobar.test."), Type.TXT, 60, "x"));
  }

  @Test
  void whatMakesNoSenseIsAFormatError() throws Exception {
    refused(Rcode.FORMERR, it -> it.addRecord(Record.newRecord(WWW, Type.A, DClass.CH, 0), 2));
    refused(Rcode.FORMERR, it -> it.addRecord(Record.newRecord(WWW, Type.AXFR, DClass.ANY, 0), 2));
    refused(Rcode.FORMERR, it -> it.addRecord(Record.newRecord(WWW, Type.A, DClass.ANY, 5), 2));
    refused(Rcode.FORMERR, it -> it.addRecord(Record.newRecord(WWW, Type.A, DClass.NONE, 5), 1));
  }

  @Test
  void mutatedMessagesEndInARefusalOrInAZoneThatIsStillValid() throws Exception {
    Update update = update();
    update.present(WWW, Type.A);
    update.add(WWW, Type.A, 60, "192.0.2.9");
    update.delete(WWW, Type.A, "192.0.2.2");
    update.add(CHALLENGE, Type.TXT, 60, "token");
    byte[] octets = update.toWire();
    long seed = 20_000;
    Random random = new Random(seed);
    int applied = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = octets.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      draft = draft(List.of());
      try {
        Message message = new Message(changed);
        UpdateRules.apply(message, ORIGIN, draft);
        draft.records().forEach(record -> record.toWire(1));
        draft.zone();
        applied++;
      } catch (IOException | RefusedUpdateException e) {
        assertThat(e).as("seed %d round %d", seed, i).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("seed %d round %d", seed, i).contains("(expected");
      }
    }
    assertThat(applied).as("some changes do no harm").isPositive();
  }

  private interface Change {
    void to(Update update) throws IOException;
  }

  private void refused(int rcode, Change change) throws IOException {
    Update update = update();
    change.to(update);
    assertThatThrownBy(() -> apply(update))
        .isInstanceOfSatisfying(
            RefusedUpdateException.class,
            e ->
                assertThat(Rcode.string(e.rcode()))
                    .as(e.getMessage())
                    .isEqualTo(Rcode.string(rcode)));
  }

  private void apply(Update update) throws IOException, RefusedUpdateException {
    UpdateRules.apply(new Message(update.toWire()), ORIGIN, draft);
  }

  private List<String> sites() {
    return draft.zone().services().getFirst().sites().stream()
        .map(site ->
            site.id()
                + " "
                + site.addresses().stream()
                    .map(address ->
                        address.getHostAddress().replace("2001:db8:0:0:0:0:0:", "2001:db8::"))
                    .toList())
        .toList();
  }

  private static Update update() {
    return new Update(name("lb.foobar.test."));
  }

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }

  private static Record record(String owner, int type, String data) {
    try {
      return Record.fromString(name(owner), type, DClass.IN, 60, data, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
