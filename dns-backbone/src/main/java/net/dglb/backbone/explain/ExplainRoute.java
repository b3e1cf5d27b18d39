package net.dglb.backbone.explain;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dglb.net.AddressLiteral;
import net.dglb.net.DomainName;
import net.dglb.net.Prefix;
import net.dglb.node.AdminAnswer;
import net.dglb.node.AdminRequest;
import net.dglb.node.AdminRoute;

/**
 * {@code GET /explain/NAME?resolver=ADDRESS[&subnet=PREFIX]}: how a question for a name from a
 * resolver is answered now, and why. {@code down=ID,ID} and {@code without=SITE,SITE}: how it would
 * be, were load balancers lost or sites taken out. {@code at=TIME}: how it was at a moment of the
 * past.
 */
public final class ExplainRoute {

  private final Explanation explanation;

  /** Explains from these sources. */
  public ExplainRoute(Sources sources) {
    explanation = new Explanation(sources);
  }

  /** What a node adds to its admin API. */
  public AdminRoute route() {
    return AdminRoute.get("/explain/:name", this::explain);
  }

  private AdminAnswer explain(AdminRequest request) {
    DomainName name = DomainName.of(request.parameter("name").orElseThrow());
    String resolver =
        request
            .parameter("resolver")
            .orElseThrow(
                () -> new IllegalArgumentException("resolver: missing (expected an IP address)"));
    Optional<Prefix> subnet = request.parameter("subnet").map(Prefix::parse);
    Question question =
        new Question(
            name,
            AddressLiteral.parse(resolver),
            subnet,
            list(request, "down"),
            list(request, "without"),
            request.moment("at"));
    requireOneOfBoth(question);
    try {
      return explanation
          .of(question)
          .map(AdminAnswer::ok)
          .orElseGet(() ->
              AdminAnswer.notFound(
                  name
                      + " is no balanced name here (expected: a service, one of its aliases, or a"
                      + " label of one)"));
    } catch (UnknownPastException e) {
      return AdminAnswer.notFound(String.valueOf(e.getMessage()));
    }
  }

  private static void requireOneOfBoth(Question question) {
    if (question.at().isPresent() && !(question.down().isEmpty() && question.without().isEmpty())) {
      throw new IllegalArgumentException(
          (question.down().isEmpty() ? "without" : "down")
              + ": not together with at (expected one of the two: of the past is kept what was"
              + " answered, not what would have been)");
    }
  }

  private static Set<String> list(AdminRequest request, String parameter) {
    return request
        .parameter(parameter)
        .map(ids -> Arrays.stream(ids.split(",", -1)).collect(Collectors.toUnmodifiableSet()))
        .orElse(Set.of());
  }
}
