package net.dglb.lb.resolvers;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.dglb.net.AddressLiteral;

/**
 * The resolver addresses in the text of a {@code resolv.conf} (its {@code nameserver} lines) or of
 * a dhclient lease file ({@code option domain-name-servers} of the newest {@code lease} and {@code
 * option dhcp6.name-servers} of the newest {@code lease6}). Which of the two it is shows in the
 * text: only lease files have lines that open a lease.
 *
 * @param addresses what the file names, in its order
 * @param problems what makes the file unusable, each with file and line
 * @param notes what was passed over, each with file and line
 */
record ResolverFile(List<InetAddress> addresses, List<String> problems, List<String> notes) {

  /** Reads a file's text; never throws. */
  static ResolverFile parse(String file, String text) {
    Reader reader = new Reader(file);
    List<String> lines = text.lines().toList();
    if (lines.stream().anyMatch(line -> line.strip().matches("lease6?\\s*\\{.*"))) {
      reader.leases(lines);
    } else {
      reader.resolvConf(lines);
    }
    if (reader.addresses.isEmpty() && reader.problems.isEmpty()) {
      reader.problems.add(
          file
              + ":"
              + Math.max(1, lines.size())
              + ": names no resolver (expected a nameserver"
              + " line, or a lease with option domain-name-servers)");
    }
    return new ResolverFile(
        List.copyOf(reader.addresses), List.copyOf(reader.problems), List.copyOf(reader.notes));
  }

  boolean usable() {
    return problems.isEmpty();
  }

  private static final class Reader {
    private final String file;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Reader(String file) {
      this.file = file;
    }

    void resolvConf(List<String> lines) {
      for (int i = 0; i < lines.size(); i++) {
        String[] words = lines.get(i).strip().split("\\s+", 3);
        if (words[0].equals("nameserver")) {
          address(i + 1, words.length > 1 ? words[1] : "");
        }
      }
    }

    void leases(List<String> lines) {
      Lease newest = Lease.NONE;
      Lease newest6 = Lease.NONE;
      int start = -1;
      int depth = 0;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (depth == 0 && line.startsWith("lease")) {
          start = i;
        }
        depth = Math.max(0, depth + braces(line));
        if (depth == 0 && start >= 0) {
          Lease lease = new Lease(start, i);
          if (lines.get(start).strip().startsWith("lease6")) {
            newest6 = lease;
          } else {
            newest = lease;
          }
          start = -1;
        }
      }
      if (start >= 0) {
        notes.add(file + ":" + (start + 1) + ": a lease without its closing brace is passed over");
      }
      options(lines, newest, "option domain-name-servers");
      options(lines, newest6, "option dhcp6.name-servers");
    }

    private static int braces(String line) {
      return (int)
          (line.chars().filter(c -> c == '{').count() - line.chars().filter(c -> c == '}').count());
    }

    private void options(List<String> lines, Lease lease, String option) {
      for (int i = lease.first; i <= lease.last; i++) {
        String line = lines.get(i).strip();
        if (line.toLowerCase(Locale.ROOT).startsWith(option + " ")) {
          String list = line.substring(option.length()).replace(';', ' ').strip();
          for (String word : list.split("\\s*,\\s*", -1)) {
            address(i + 1, word);
          }
        }
      }
    }

    private void address(int line, String word) {
      String where = file + ":" + line + ": ";
      try {
        InetAddress address = AddressLiteral.parse(word.replaceFirst("%.*$", ""));
        if (address.isLinkLocalAddress()
            || address.isAnyLocalAddress()
            || address.isMulticastAddress()) {
          notes.add(where + word + " is passed over: no resolver sends queries from it");
        } else {
          addresses.add(address);
        }
      } catch (IllegalArgumentException e) {
        problems.add(where + "\"" + word + "\" (expected an IPv4 or IPv6 address)");
      }
    }
  }

  /** The first and last line of a lease, from 0; an empty range where there is none. */
  private record Lease(int first, int last) {
    static final Lease NONE = new Lease(0, -1);
  }
}
