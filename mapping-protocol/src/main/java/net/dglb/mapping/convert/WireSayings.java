package net.dglb.mapping.convert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dglb.decision.AdminState;
import net.dglb.decision.said.Saying;
import net.dglb.decision.said.Sayings;
import net.dglb.decision.said.SitePattern;
import net.dglb.mapping.wire.SiteSaying;
import net.dglb.mapping.wire.SitesSaid;

/**
 * Cuts what operators say into messages of bounded size, and joins them as they come in on one
 * session. Not thread-safe.
 */
public final class WireSayings {

  /** How many sayings one message holds. */
  public static final int PAGE = 64;

  private static final int MAX_PAGES = (Sayings.MAX + PAGE - 1) / PAGE;

  private final PageOrder order = new PageOrder("sayings", MAX_PAGES);
  private final List<Saying> pages = new ArrayList<>();

  /** Has no pages yet. */
  public WireSayings() {}

  /** The messages, in order. */
  public static List<SitesSaid> toWire(NetworkSayings said) {
    List<Saying> all = said.sayings().all();
    int pages = Math.max(1, (all.size() + PAGE - 1) / PAGE);
    List<SitesSaid> messages = new ArrayList<>();
    for (int page = 0; page < pages; page++) {
      List<Saying> part = all.subList(page * PAGE, Math.min(all.size(), (page + 1) * PAGE));
      messages.add(message(said.version(), part).setPage(page).setPages(pages).build());
    }
    return messages;
  }

  /** All in one message, however large: for the disk. */
  public static SitesSaid whole(NetworkSayings said) {
    return message(said.version(), said.sayings().all()).setPages(1).build();
  }

  private static SitesSaid.Builder message(long version, List<Saying> part) {
    return SitesSaid.newBuilder()
        .setVersion(version)
        .addAllSayings(part.stream().map(WireSayings::toWire).toList());
  }

  private static SiteSaying toWire(Saying saying) {
    return SiteSaying.newBuilder()
        .setPattern(saying.pattern().toString())
        .setState(
            switch (saying.state()) {
              case UP -> SiteSaying.State.STATE_UP;
              case DOWN -> SiteSaying.State.STATE_DOWN;
              case DRAIN -> SiteSaying.State.STATE_DRAIN;
            })
        .setWho(saying.who())
        .setWhy(saying.why())
        .setSinceEpochMillis(saying.since().toEpochMilli())
        .build();
  }

  /** Reads what {@link #whole} made. */
  public static NetworkSayings fromWire(SitesSaid whole) throws MalformedMessageException {
    return new NetworkSayings(
        Reading.unsigned("version", whole.getVersion()), joined(sayings(whole, Sayings.MAX)));
  }

  /**
   * Takes the next page. A page 0 begins anew.
   *
   * @return everything if this was the last page
   * @throws MalformedMessageException if a page is missing, or it holds what cannot be
   */
  public Optional<NetworkSayings> add(SitesSaid page) throws MalformedMessageException {
    try {
      long version = Reading.unsigned("version", page.getVersion());
      boolean last = order.take("version " + version, page.getPage(), page.getPages());
      if (page.getPage() == 0) {
        pages.clear();
      }
      pages.addAll(sayings(page, PAGE));
      return last ? Optional.of(new NetworkSayings(version, joined(pages))) : Optional.empty();
    } catch (MalformedMessageException e) {
      order.reset();
      throw e;
    }
  }

  private static List<Saying> sayings(SitesSaid page, int most) throws MalformedMessageException {
    return Reading.all("sayings", page.getSayingsList(), most, WireSayings::fromWire);
  }

  private static Sayings joined(List<Saying> all) throws MalformedMessageException {
    return Reading.one(
        "sayings",
        all,
        each -> {
          Sayings joined = Sayings.NONE;
          for (Saying saying : each) {
            joined = joined.with(saying);
          }
          return joined;
        });
  }

  private static Saying fromWire(SiteSaying message) throws MalformedMessageException {
    return new Saying(
        SitePattern.parse(message.getPattern()),
        state(message.getState()),
        message.getWho(),
        message.getWhy(),
        Instant.ofEpochMilli(message.getSinceEpochMillis()));
  }

  private static AdminState state(SiteSaying.State state) throws MalformedMessageException {
    return switch (state) {
      case STATE_UP -> AdminState.UP;
      case STATE_DOWN -> AdminState.DOWN;
      case STATE_DRAIN -> AdminState.DRAIN;
      default ->
          throw new MalformedMessageException("state: " + state + " (expected up, down or drain)");
    };
  }
}
