package net.dglb.dns.keys;

import java.util.List;

/** What an operator may say of a zone's keys. */
public sealed interface KeyChange {

  /** A new key is to replace the one in use. */
  record Roll() implements KeyChange {}

  /**
   * A new key is given up that nobody depends on yet.
   *
   * @param tag the key's tag
   */
  record GiveUp(int tag) implements KeyChange {}

  /**
   * Which keys the parent has DS records of now, at all its servers.
   *
   * @param tags of the keys; none: it has none
   */
  record ParentHas(List<Integer> tags) implements KeyChange {

    /** Copies the list. */
    public ParentHas {
      tags = List.copyOf(tags);
    }
  }

  /** The word for it in the admin API and in logs. */
  default String word() {
    return switch (this) {
      case Roll _ -> "roll";
      case GiveUp _ -> "retire";
      case ParentHas _ -> "parent";
    };
  }
}
