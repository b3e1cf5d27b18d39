package net.dglb.trace;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/** What one answer means for the walk. */
public sealed interface Verdict {

  /** The same for people, in a few words. */
  String words();

  /**
   * Somebody else is responsible for the name.
   *
   * @param cut the apex of the zone below
   * @param glue the zone's name servers with the addresses that came along and may be believed
   */
  record Referral(Name cut, Map<Name, List<InetAddress>> glue) implements Verdict {
    @Override
    public String words() {
      return "referral to "
          + Words.of(cut)
          + ": "
          + glue.keySet().stream().map(Words::of).collect(Collectors.joining(", "));
    }
  }

  /** The name is another name for the target. */
  record Alias(Name target) implements Verdict {
    @Override
    public String words() {
      return "alias to " + Words.of(target);
    }
  }

  /** The records that were asked for. */
  record Answer(List<Record> records) implements Verdict {
    @Override
    public String words() {
      return "answer: " + records.stream().map(Words::data).collect(Collectors.joining(", "));
    }
  }

  /** The name exists but has no record of the type. */
  record NoRecords() implements Verdict {
    @Override
    public String words() {
      return "the name exists and has no record of this type";
    }
  }

  /** The name does not exist. */
  record NoSuchName() implements Verdict {
    @Override
    public String words() {
      return "the name does not exist (NXDOMAIN)";
    }
  }

  /** The server gave an error. */
  record Refusal(int rcode) implements Verdict {
    @Override
    public String words() {
      return "the server says " + Rcode.string(rcode);
    }
  }

  /** No use: no answer, or one that leads nowhere. */
  record Failure(String why) implements Verdict {
    @Override
    public String words() {
      return why;
    }
  }
}
