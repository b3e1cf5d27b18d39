package net.dglb.backbone.session;

import static org.assertj.core.api.Assertions.assertThat;

import net.dglb.backbone.registry.ZoneRegistry;
import net.dglb.mapping.wire.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthoritySessionsTest {

  @ParameterizedTest
  @CsvSource({
    "OWNED, ERROR_NOT_PERMITTED",
    "QUARANTINED, ERROR_NOT_PERMITTED",
    "UNPROVED, ERROR_NOT_PERMITTED",
    "QUOTA, ERROR_TOO_MANY",
    "INVALID, ERROR_INVALID"
  })
  void aRefusalOfTheRegistryHasTheCodeThatSaysWhatToDo(ZoneRegistry.Reason why, ErrorCode code) {
    assertThat(AuthoritySessions.code(why)).isEqualTo(code);
  }
}
