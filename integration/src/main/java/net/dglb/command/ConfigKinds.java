package net.dglb.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dglb.authority.AuthorityNode;
import net.dglb.authority.AuthoritySettings;
import net.dglb.backbone.BackboneNode;
import net.dglb.backbone.BackboneSettings;
import net.dglb.lb.LoadBalancerNode;
import net.dglb.lb.LoadBalancerSettings;
import net.dglb.service.RegistrationDocument;

/** Every kind of configuration file that this build knows. */
final class ConfigKinds {

  private ConfigKinds() {}

  static List<ConfigKind> all() {
    return List.of(
        new ConfigKind(
            "authority",
            Set.of("zones", "registrations"),
            AuthoritySettings.FORM.reference(),
            AuthoritySettings.FORM.read()::apply,
            Optional.of(AuthorityNode::open)),
        new ConfigKind(
            "backbone",
            Set.of("cluster", "mapping", "map", "grants", "labels", "fallback"),
            BackboneSettings.FORM.reference(),
            BackboneSettings.FORM.read()::apply,
            Optional.of(BackboneNode::open)),
        new ConfigKind(
            "lb",
            Set.of("resolvers", "announce", "probe", "services"),
            LoadBalancerSettings.FORM.reference(),
            LoadBalancerSettings.FORM.read()::apply,
            Optional.of(LoadBalancerNode::open)),
        new ConfigKind(
            "registration",
            Set.of("registration"),
            "",
            RegistrationDocument::read,
            Optional.empty()));
  }
}
