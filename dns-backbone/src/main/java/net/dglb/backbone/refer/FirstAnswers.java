package net.dglb.backbone.refer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dglb.decision.AdminState;
import net.dglb.decision.AlikePlaces;
import net.dglb.decision.said.Sayings;
import net.dglb.dns.zone.AddressSets;
import net.dglb.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * What the label address answers for the labels of one service that are not in use: the site
 * nearest to the label's place. Good for the moment until the first question brings a label into
 * use. Sites are ranked once for all places that are alike, however often answers are compiled.
 */
final class FirstAnswers {

  private final Service service;
  private final LabelRankings rankings;
  private final List<Optional<AdminState>> states;
  private Sayings said;
  private AlikePlaces alike;
  private final Map<List<LabelRankings.Best>, AddressSets> compiled = new HashMap<>();
  private final List<AddressSets> answers = new ArrayList<>();
  private LabelPlaces places = LabelPlaces.none();
  private int[] numbers = {};
  private @Nullable NameServerSet nameServers;
  private LabelPart[] parts = {};

  /**
   * Nothing is ranked yet.
   *
   * @param said what operators say of sites
   */
  FirstAnswers(Service service, LabelRankings rankings, Sayings said) {
    this.service = service;
    this.rankings = rankings;
    this.said = said;
    this.states = states(said);
    this.alike = new AlikePlaces(service, said);
  }

  /** Whether these are the answers of a service while operators say this. */
  boolean isOf(Service asked, Sayings sayings) {
    boolean same =
        service.equals(asked) && (said.equals(sayings) || states.equals(states(sayings)));
    said = same ? sayings : said;
    return same;
  }

  private List<Optional<AdminState>> states(Sayings sayings) {
    return service.sites().stream().map(it -> sayings.of(service.name(), it.id())).toList();
  }

  /**
   * The parts of all labels by ordinal, were none in use; the caller's own array.
   *
   * @param now the places, and how far the sites are
   * @param usual who serves a label that is not in use
   */
  LabelPart[] parts(Distances now, NameServerSet usual) {
    if (now.places() != places) {
      number(now);
      parts = parts(now.places(), usual);
    } else if (usual != nameServers) {
      parts = parts(places, usual);
    }
    places = now.places();
    nameServers = usual;
    return parts.clone();
  }

  private void number(Distances now) {
    LabelPlaces next = now.places();
    if (answers.size() > 2 * next.size()) {
      forget();
    }
    int[] nextNumbers = new int[next.size()];
    Distances.ToSites distances = now.to(service.sites());
    for (int ordinal = 0; ordinal < nextNumbers.length; ordinal++) {
      nextNumbers[ordinal] =
          next.isAsIn(places, ordinal) ? numbers[ordinal] : number(next, ordinal, distances);
    }
    numbers = nextNumbers;
  }

  /** Load balancers that move leave numbers behind that no place has any more. */
  private void forget() {
    alike = new AlikePlaces(service, said);
    answers.clear();
    compiled.clear();
    places = LabelPlaces.none();
  }

  private int number(LabelPlaces next, int ordinal, Distances.ToSites distances) {
    int number = alike.number(next.get(ordinal), distances.from(ordinal));
    if (number == answers.size()) {
      answers.add(
          compiled.computeIfAbsent(
              rankings.unmeasured(service, next.get(ordinal)),
              best -> rankings.compile(service, best)));
    }
    return number;
  }

  /** Labels with the same number share a part. */
  private LabelPart[] parts(LabelPlaces next, NameServerSet usual) {
    @Nullable LabelPart[] live = new LabelPart[answers.size()];
    @Nullable LabelPart[] others = new LabelPart[answers.size()];
    LabelPart[] all = new LabelPart[numbers.length];
    for (int ordinal = 0; ordinal < all.length; ordinal++) {
      boolean isLive = next.isLive(ordinal);
      all[ordinal] = part(isLive, usual, numbers[ordinal], isLive ? live : others);
    }
    return all;
  }

  private LabelPart part(
      boolean live, NameServerSet usual, int number, @Nullable LabelPart[] known) {
    LabelPart part = known[number];
    if (part == null) {
      part = new LabelPart(false, false, live, usual, answers.get(number), null, null);
      known[number] = part;
    }
    return part;
  }
}
