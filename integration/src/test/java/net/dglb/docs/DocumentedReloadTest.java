package net.dglb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import net.dglb.authority.AuthoritySettings;
import net.dglb.backbone.BackboneSettings;
import net.dglb.lb.LoadBalancerSettings;
import net.dglb.node.ConfigurationFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of every key of every configuration reference, also of those that are written as examples, it is
 * declared whether a running node takes a change, and the reference says the same.
 */
class DocumentedReloadTest {

  private static final String RESTART = "These need a restart: ";

  static Stream<ConfigurationFile.Form<?>> forms() {
    return Stream.of(AuthoritySettings.FORM, BackboneSettings.FORM, LoadBalancerSettings.FORM);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void ofEveryKeyItIsDeclaredWhetherARunningNodeTakesIt(ConfigurationFile.Form<?> form)
      throws Exception {
    Set<String> keys = ReferenceKeys.of(form.reference()).values();

    assertThat(keys).hasSizeGreaterThan(40).contains("node.id", "identity.key", "dns.tls.key");
    assertThat(keys).allSatisfy(key -> assertThat(form.isDeclared(key)).as(key).isTrue());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void whatIsDeclaredIsAKeyOrASectionOfTheReference(ConfigurationFile.Form<?> form)
      throws Exception {
    Set<String> keys = ReferenceKeys.of(form.reference()).all();

    assertThat(Stream.concat(form.live().stream(), form.atStart().stream()))
        .allSatisfy(declared ->
            assertThat(keys)
                .as(declared)
                .anyMatch(key -> key.equals(declared) || key.startsWith(declared + ".")));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theReferenceNamesTheKeysThatNeedARestart(ConfigurationFile.Form<?> form) throws IOException {
    String text = String.join(" ", ReferenceKeys.lines(form.reference())).replace(" # ", " ");
    int from = text.indexOf(RESTART) + RESTART.length();
    String named = text.substring(from, text.indexOf(". ", from));

    assertThat(Arrays.asList(named.split(", | and ")))
        .containsExactlyInAnyOrderElementsOf(form.atStart());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theCommentOfEachOfThemSaysSoAndOfNoOther(ConfigurationFile.Form<?> form) throws Exception {
    assertThat(ReferenceKeys.of(form.reference()).needRestart())
        .containsExactlyInAnyOrderElementsOf(form.atStart());
  }
}
