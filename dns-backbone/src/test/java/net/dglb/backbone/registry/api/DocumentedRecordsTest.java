package net.dglb.backbone.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dglb.net.DomainName;
import net.dglb.service.RegistrationDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zones in the documents hold what registering the documented registrations prints. */
class DocumentedRecordsTest {

  private final RecordsToAdd records =
      new RecordsToAdd(
          () -> List.of(DomainName.of("b1.dglb.example"), DomainName.of("b2.dglb.example")),
          zone -> List.of());

  @ParameterizedTest
  @CsvSource({
    "operating.md, lb.foobar.example.conf, aliased.zone",
    "registering.md, shop.foobar.example.conf, delegated.zone"
  })
  void theDocumentedZoneHoldsThePrintedRecords(String in, String registration, String zone)
      throws Exception {
    String document = block("hocon", "# " + registration, in);
    assertThat(
            block("zone", "; " + zone, "registering.md")
                .lines()
                .dropWhile(line -> !line.startsWith("; as zone register prints it"))
                .skip(1))
        .isEqualTo(records.of(RegistrationDocument.readForeign(registration, document), Set.of()));
  }

  @Test
  void theDocumentedBareDomainIsWhatIsPrintedForOne() throws Exception {
    String document =
        """
        registration {
          version = 1, enterprise = foobar, zone = lb.foobar.example, form = aliased
          services { "www.lb.foobar.example" {
            aliases = ["foobar.example"]
            check { kind = https }
            sites { here { addresses = ["192.0.2.80"] } }
          } }
        }
        """;
    String first =
        "; foobar.example. is the apex of its zone, where no CNAME may stand. It gets the";
    assertThat(block("zone", first, "registering.md").lines())
        .isEqualTo(
            records
                .of(
                    RegistrationDocument.readForeign("document", document),
                    Set.of(DomainName.of("foobar.example")))
                .stream()
                .dropWhile(line -> !line.equals(first))
                .skip(1)
                .toList());
  }

  private static String block(String language, String firstLine, String file) throws Exception {
    Matcher block =
        Pattern.compile(
                "```" + language + "\\n" + Pattern.quote(firstLine) + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs", file)));
    assertThat(block.find()).as("%s in %s", firstLine, file).isTrue();
    return block.group(1);
  }
}
