package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.dglb.authority.AuthoritySettings;
import net.dglb.backbone.BackboneSettings;
import net.dglb.lb.LoadBalancerSettings;
import net.dglb.node.ConfigurationFile;
import org.junit.jupiter.api.Test;

/** Each configuration reference says which keys a running node takes. */
class DocumentedReloadTest {

  private static final String TAKES = "# A running node takes a changed ";

  @Test
  void theKeysThatARunningNodeTakesStandInItsReference() throws IOException {
    for (ConfigurationFile.Form<?> form :
        List.of(AuthoritySettings.FORM, BackboneSettings.FORM, LoadBalancerSettings.FORM)) {
      List<String> lines = lines(form.reference());
      String said = lines.stream().filter(line -> line.startsWith(TAKES)).findFirst().orElseThrow();
      assertThat(
              Arrays.asList(
                  said.substring(TAKES.length()).replaceFirst("\\.$", "").split(", | and ")))
          .as(form.reference())
          .containsExactlyInAnyOrderElementsOf(form.live());
      assertThat(lines)
          .as(form.reference())
          .contains(
              "# A change of any other key takes effect at the next start; until then the node"
                  + " names it.");
    }
  }

  private static List<String> lines(String resource) throws IOException {
    ClassLoader loader = DocumentedReloadTest.class.getClassLoader();
    try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
