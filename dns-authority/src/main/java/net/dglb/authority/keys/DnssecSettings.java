package net.dglb.authority.keys;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dglb.config.ConfigSection;
import net.dglb.dns.sign.SignatureLifetime;
import net.dglb.dns.sign.SigningAlgorithm;
import net.dglb.net.Endpoint;

/**
 * How a zone is signed; {@code authority-reference.conf} documents the keys.
 *
 * @param algorithm of new keys; a zone whose key has another one is rolled to it
 * @param lifetime of signatures
 * @param renewBefore how long before its end a signature is made again
 * @param keyTtl of the DNSKEY, CDS and CDNSKEY sets
 * @param keyLifetime after which a key is rolled; empty for only on command
 * @param parentTtl of the DS set at the parent
 * @param propagation until every secondary server has a change
 * @param parents servers of the parent zone, to look up the DS set at; none if the operator
 *     confirms it
 */
public record DnssecSettings(
    SigningAlgorithm algorithm,
    SignatureLifetime lifetime,
    Duration renewBefore,
    Duration keyTtl,
    Optional<Duration> keyLifetime,
    Duration parentTtl,
    Duration propagation,
    List<Endpoint> parents) {

  private static final Duration MOST = Duration.ofDays(365);
  private static final Duration SKEW = Duration.ofHours(1);

  /** All defaults. */
  public static final DnssecSettings DEFAULT =
      new DnssecSettings(
          SigningAlgorithm.ECDSA_P256,
          SignatureLifetime.DEFAULT,
          Duration.ofDays(4),
          Duration.ofHours(1),
          Optional.empty(),
          Duration.ofDays(1),
          Duration.ofHours(1),
          List.of());

  /** Copies the list. */
  public DnssecSettings {
    parents = List.copyOf(parents);
  }

  /** The algorithms by the words of RFC 8624. */
  private enum Word {
    ECDSAP256SHA256(SigningAlgorithm.ECDSA_P256),
    ED25519(SigningAlgorithm.ED25519);

    private final SigningAlgorithm algorithm;

    Word(SigningAlgorithm algorithm) {
      this.algorithm = algorithm;
    }
  }

  /** Reads the keys; problems stay with the section. */
  public static DnssecSettings read(ConfigSection section) {
    Duration minute = Duration.ofMinutes(1);
    Duration validity =
        section
            .optionalDuration("signature-validity", Duration.ofHours(1), MOST)
            .orElse(DEFAULT.lifetime.validity());
    Duration renewBefore =
        section
            .optionalDuration("renew-before", minute, MOST)
            .orElse(validity.multipliedBy(2).dividedBy(7));
    Duration jitter = validity.dividedBy(14);
    if (renewBefore.plus(jitter).compareTo(validity) >= 0) {
      section.problem(
          "renew-before",
          "value: %s (expected: less than 13/14 of signature-validity)".formatted(renewBefore));
      renewBefore = validity.dividedBy(2);
    }
    return new DnssecSettings(
        section
            .optionalOneOf("algorithm", Word.class)
            .map(word -> word.algorithm)
            .orElse(DEFAULT.algorithm),
        new SignatureLifetime(SKEW, validity, jitter),
        renewBefore,
        section
            .optionalDuration("key-ttl", Duration.ZERO, Duration.ofDays(7))
            .orElse(DEFAULT.keyTtl),
        section.optionalDuration("key-lifetime", Duration.ofDays(1), MOST.multipliedBy(20)),
        section.optionalDuration("parent-ttl", Duration.ZERO, MOST).orElse(DEFAULT.parentTtl),
        section.optionalDuration("propagation", Duration.ZERO, MOST).orElse(DEFAULT.propagation),
        section.has("parents") ? section.endpoints("parents") : List.of());
  }
}
