package net.dglb.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Name servers in memory: each answers from a script of question to sections. */
final class ScriptedServers implements Exchange {

  private final Map<InetAddress, Map<String, Message>> servers = new HashMap<>();

  /** One reply: {@code section record} per line, where section is answer, authority or glue. */
  ScriptedServers reply(String address, String name, int type, String... lines) {
    Message reply = new Message();
    reply.getHeader().setFlag(Flags.QR);
    for (String line : lines) {
      String[] parts = line.split(" ", 2);
      switch (parts[0]) {
        case "answer" -> reply.addRecord(record(parts[1]), Section.ANSWER);
        case "authority" -> reply.addRecord(record(parts[1]), Section.AUTHORITY);
        case "glue" -> reply.addRecord(record(parts[1]), Section.ADDITIONAL);
        default -> reply.getHeader().setRcode(Rcode.value(parts[0]));
      }
    }
    servers
        .computeIfAbsent(InetAddress.ofLiteral(address), any -> new HashMap<>())
        .put(key(name, type), reply);
    return this;
  }

  @Override
  public Reply ask(InetSocketAddress server, Message query) throws IOException {
    Record question = query.getQuestion();
    Map<String, Message> script = servers.get(server.getAddress());
    if (script == null) {
      throw new IOException("no answer within 100 ms");
    }
    Message reply = script.get(key(question.getName().toString(true), question.getType()));
    if (reply == null) {
      throw new IOException("the script has no reply to " + question);
    }
    return new Reply(reply, "UDP", Duration.ofMillis(1));
  }

  static Record record(String line) {
    try (Master master = new Master(octets(line), Name.root, 60)) {
      return Objects.requireNonNull(master.nextRecord(), line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static InputStream octets(String line) {
    return new ByteArrayInputStream(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static String key(String name, int type) {
    return name + " " + DClass.string(DClass.IN) + " " + Type.string(type);
  }
}
