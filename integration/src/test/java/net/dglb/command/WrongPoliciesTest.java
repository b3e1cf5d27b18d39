package net.dglb.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What could never decide as it is meant is refused with file and line, checked or registered. */
class WrongPoliciesTest {

  @TempDir private Path folder;

  @ParameterizedTest(name = "{2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "port = 80 | kind = weighted | 7 | every site with an address has the weight 0",
        "port = 80 | kind = hash | 7 | every site with an address has the weight 0",
        "port = 80 | kind = weighted, by = capacity | 10 | has no capacity",
        "port = 80 | kind = sum | 7 | every weight is 0",
        "port = 80 | kind = sum, load = 1 | 7 | ranks by load, which nothing measures",
        "port = 80 | kind = shed, from = 0.5, to = 1 | 7 | sheds load, which nothing measures",
        "port = 80 | kind = latency, score = transfer | 7 | transfers, which nothing measures",
        "port = 80 | kind = proximity | 9 | has no location, by which the policy ranks",
        "port = 80 | kind = cost | 7 | ranks by cost, but no site has one",
        "port = 80 | kind = percentages, shares { rome = 60, oslo = 30 } | 7 | add up to 90",
        "port = 80 | kind = percentages, shares { rome = 60, oslo = 40 } | 10 | has no address",
        "accept = [\"100-199\"] | kind = latency | 6 | only interim",
        "method = HEAD, contains = hi | kind = latency | 6 | the check could never succeed",
        "port = 80 | kind = percentages, shares { rome = 99.95, oslo = 0.05 } | 7 | a tenth of a"
            + " percent",
        "redirects = 3, accept = [\"300-399\"] | kind = latency | 6 | takes only redirections",
        "accept = [\"204\"], contains = hi | kind = latency | 6 | the check could never succeed",
      })
  void areRefusedWithFileAndLine(String check, String policy, int line, String text)
      throws IOException {
    String address = text.equals("has no address") ? "" : "\"192.0.2.2\"";
    Path file = folder.resolve("zone.conf");
    Files.writeString(file, document(check, policy, address));
    CommandLineRun checked = CommandLineRun.of("check", file.toString());
    CommandLineRun registered =
        CommandLineRun.of("zone", "register", file.toString(), "--admin", "127.0.0.1:1");
    String where = file + ":" + line + ": ";
    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.out().lines()).anyMatch(it -> it.startsWith(where) && it.contains(text));
    assertThat(registered.exitCode()).isEqualTo(1);
    assertThat(registered.err().lines()).anyMatch(it -> it.startsWith(where) && it.contains(text));
  }

  /** Line 6 is the check, 7 the policy, 9 and 10 are the sites. */
  private static String document(String check, String policy, String address) {
    return """
    registration {
      version = 1, enterprise = foobar, zone = lb.foobar.test, form = aliased
      services {
        "www.lb.foobar.test" {
          aliases = ["www.foobar.test"]
          check { kind = http, %s }
          policy { %s }
          sites {
            rome { addresses = ["192.0.2.1"], capacity = 5, weight = 0 }
            oslo { addresses = [%s], weight = 0 }
          }
        }
      }
    }
    """
        .formatted(check, policy, address);
  }
}
