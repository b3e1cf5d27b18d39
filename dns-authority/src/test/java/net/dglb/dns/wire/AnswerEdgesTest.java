package net.dglb.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.dglb.dns.serve.Asked;
import net.dglb.dns.wire.NameServersWithGlue.Glue;
import net.dglb.net.DomainName;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** What an answer does where there is no room, and what it refuses to be used for. */
class AnswerEdgesTest {

  private static final int PADDING = 12;
  private static final int NSID = 3;
  private static final int TXT = 16;

  private final Query query = new Query();
  private final ByteBuffer buffer = ByteBuffer.allocate(MessageLimits.MESSAGE_MAX);
  private final Answer answer = new Answer(new AnswerSettings(1232, 0, "node"));

  private void begin(Transport transport, int... options) {
    List<org.xbill.DNS.EDNSOption> list =
        Arrays.stream(options)
            .<org.xbill.DNS.EDNSOption>mapToObj(code -> new GenericEDNSOption(code, new byte[0]))
            .toList();
    begin(transport, new OPTRecord(1232, 0, 0, 0, list));
  }

  private void begin(Transport transport, OPTRecord opt) {
    Message message = Asked.query("www.example.test", "TXT");
    message.addRecord(opt, Section.ADDITIONAL);
    byte[] wire = message.toWire();
    buffer.put(0, wire);
    assertThat(QueryParser.parse(buffer, wire.length, transport, query))
        .isEqualTo(ParseVerdict.ANSWERABLE);
    answer.begin(query, buffer);
  }

  private Message finish() throws java.io.IOException {
    byte[] wire = new byte[answer.finish()];
    buffer.get(0, wire);
    return new Message(wire);
  }

  private static RecordSet textOf(int octets) {
    return new RecordSetBuilder(TXT, 60, DomainName.of("example.test"))
        .data(new byte[octets])
        .build();
  }

  @Test
  void leavesOutAnErrorTextThatDoesNotFit() throws Exception {
    begin(Transport.UDP);
    assertThat(answer.append(textOf(1100), 0)).isTrue();
    answer.extendedError(3, "x".repeat(200).getBytes(StandardCharsets.US_ASCII));
    Message full = finish();
    assertThat(full.getOPT().getOptions()).isEmpty();
    assertThat(full.getSection(Section.ANSWER)).hasSize(1);
  }

  /** RFC 9824 section 5.1. */
  @Test
  void saysThatDenialsAreCompactToWhoeverTakesSuchOnes() throws Exception {
    for (int flags : new int[] {0, MessageFlags.CO, MessageFlags.DO | MessageFlags.CO}) {
      begin(Transport.UDP, new OPTRecord(1232, 0, 0, flags));
      answer.compactDenial();
      assertThat(finish().getOPT().getFlags()).isEqualTo(flags);
      begin(Transport.UDP, new OPTRecord(1232, 0, 0, flags));
      assertThat(finish().getOPT().getFlags())
          .as("of a zone that denies otherwise")
          .isEqualTo(flags & MessageFlags.DO);
    }
  }

  @Test
  void keepsRoomForTheOptionsThatWereAskedFor() throws Exception {
    begin(Transport.UDP, NSID);
    int room = 1232 - answer.position() - 11 - 4 - 4 - 12;
    assertThat(answer.append(textOf(room + 1), 0)).as("one octet too many").isFalse();
    begin(Transport.UDP, NSID);
    assertThat(answer.append(textOf(room), 0)).isTrue();
    Message full = finish();
    assertThat(full.getOPT().getOptions(NSID)).hasSize(1);
    assertThat(full.numBytes()).isEqualTo(1232);
  }

  @Test
  void padsNoFurtherThanAMessageMayBeLong() throws Exception {
    begin(Transport.TLS, PADDING);
    assertThat(answer.append(textOf(64_900), 0)).isTrue();
    assertThat(answer.append(textOf(500), 0)).isTrue();
    Message full = finish();
    assertThat(full.numBytes()).isLessThanOrEqualTo(MessageLimits.MESSAGE_MAX);
  }

  @Test
  void leavesPaddingOutWhereNotEvenItsHeaderFits() throws Exception {
    begin(Transport.TLS, PADDING);
    int room = MessageLimits.MESSAGE_MAX - answer.position() - 11;
    assertThat(answer.append(textOf(40_000), 0)).isTrue();
    assertThat(answer.append(textOf(room - 40_000 - 2 * 12 - 3), 0)).isTrue();
    Message full = finish();
    assertThat(full.getOPT().getOptions()).isEmpty();
    assertThat(full.numBytes()).isEqualTo(MessageLimits.MESSAGE_MAX - 3);
  }

  @Test
  void setsTcWhereAnOwnerLiesTooFarBackForAPointer() throws Exception {
    byte[] prefix = {1, 'x'};
    RecordSet two =
        new RecordSetBuilder(TXT, 60, DomainName.of("example.test"))
            .data(new byte[1])
            .data(new byte[2])
            .build();
    begin(Transport.TCP);
    assertThat(answer.append(textOf(20_000), 0)).isTrue();
    assertThat(answer.append(textOf(1), prefix, 0)).as("one record needs no pointer").isTrue();
    assertThat(answer.append(two, prefix, 0)).isFalse();
    assertThat(answer.isTruncated()).isTrue();

    begin(Transport.TCP);
    assertThat(answer.append(textOf(20_000), 0)).isTrue();
    assertThat(answer.appendAt(textOf(1), answer.position())).isFalse();
    assertThat(finish().getHeader().getFlag(Flags.TC)).isTrue();
  }

  @Test
  void leavesOutAReferralThatDoesNotFitWhole() throws Exception {
    NameServersWithGlue referral = referral();
    byte[] prefix = {3, 'n', 'y', 'c'};
    begin(Transport.UDP);
    int room = 1232 - answer.position() - 11 - 12;
    assertThat(answer.append(textOf(room - prefix.length - referral.wire.length + 1), 0)).isTrue();
    answer.appendWhole(referral, prefix, 0);
    Message without = finish();
    assertThat(without.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(without.getSection(Section.AUTHORITY)).isEmpty();

    begin(Transport.UDP);
    assertThat(answer.append(textOf(room - prefix.length - referral.wire.length), 0)).isTrue();
    answer.appendWhole(referral, prefix, 0);
    Message with = finish();
    assertThat(with.getSection(Section.AUTHORITY)).hasSize(2);
    assertThat(with.getSection(Section.ADDITIONAL)).as("glue and OPT").hasSize(3);
    assertThat(with.numBytes()).isEqualTo(1232);

    begin(Transport.TCP);
    assertThat(answer.append(textOf(20_000), 0)).isTrue();
    answer.appendWhole(referral, prefix, 0);
    assertThat(finish().getSection(Section.AUTHORITY)).as("too far for pointers").isEmpty();
  }

  private static NameServersWithGlue referral() {
    DomainName apex = DomainName.of("example.test");
    RecordSet servers =
        new RecordSetBuilder(RecordType.NS, 60, apex)
            .name(apex.child("ns").child("nyc"))
            .name(apex.child("ns").child("ber"))
            .build();
    RecordSet addresses =
        new RecordSetBuilder(RecordType.A, 60, apex)
            .address(InetAddress.ofLiteral("192.0.2.1"))
            .address(InetAddress.ofLiteral("192.0.2.2"))
            .build();
    return new NameServersWithGlue(servers, List.of(new Glue(1, addresses)));
  }

  @Test
  void writesNothingMoreOnceSomethingNeededDidNotFit() {
    begin(Transport.UDP);
    assertThat(answer.append(textOf(1_300), 0)).isFalse();
    assertThat(answer.append(textOf(1), 0)).isFalse();
    assertThat(answer.hasAnswers()).isFalse();
  }

  @Test
  void writesAProofOnceUnlessItHasWrittenManyOthers() throws Exception {
    begin(Transport.TCP);
    List<RecordSet> proofs = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      proofs.add(textOf(i + 1));
    }
    for (int times = 0; times < 2; times++) {
      proofs.forEach(proof -> answer.appendProof(proof, Answer.NO_PREFIX, 0));
    }
    assertThat(finish().getSection(Section.ANSWER)).as("only the last was forgotten").hasSize(10);

    begin(Transport.UDP);
    RecordSet tooLong = textOf(1_300);
    answer.appendProof(tooLong, Answer.NO_PREFIX, 0);
    assertThat(answer.isTruncated()).isTrue();
  }

  @Test
  void refusesScopesAndSectionsThatCannotBe() {
    begin(Transport.UDP);
    assertThatThrownBy(() -> answer.subnetScope(129)).hasMessageContaining("129");
    assertThatThrownBy(() -> answer.subnetScope(-1)).hasMessageContaining("-1");
    answer.section(net.dglb.dns.wire.Section.AUTHORITY);
    assertThatThrownBy(() -> answer.section(net.dglb.dns.wire.Section.ANSWER))
        .hasMessageContaining("section ANSWER after AUTHORITY");
  }

  @Test
  void refusesCookieSecretsOfAnotherLength() {
    assertThatThrownBy(() -> new ServerCookies(List.of(new byte[15])))
        .hasMessageContaining("15 octets (expected 16)");
  }
}
