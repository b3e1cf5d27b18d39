package net.dglb.dns.zone;

import java.net.InetAddress;
import java.util.Optional;
import net.dglb.decision.AnswerSlot;
import net.dglb.decision.Answers;
import net.dglb.dns.prefix.AddressBits;
import net.dglb.net.Prefix;

/**
 * For whom an answer is explained.
 *
 * @param resolver its address; empty for whoever nothing in particular is set for
 * @param subnet of the client (RFC 7871)
 */
public record WhoAsks(Optional<InetAddress> resolver, Optional<Prefix> subnet) {

  /** Where they fall among answers, as a DNS thread finds it. */
  public AnswerSlot slot(Answers answers) {
    if (resolver.isEmpty()) {
      return AnswerSlot.USUAL;
    }
    AddressBits source = new AddressBits();
    AddressBits client = new AddressBits();
    resolver.ifPresent(source::set);
    subnet.ifPresent(prefix -> {
      client.set(prefix.address());
      client.set(client.ipv4(), client.high(), client.low(), prefix.length());
    });
    return new Selection(answers.perQuery(), answers.map(), answers.rows(), 0).slot(source, client);
  }
}
