package net.dglb.lab.files;

import java.util.List;
import java.util.Locale;
import net.dglb.lab.plan.LabPlan;
import net.dglb.lab.plan.LabPlan.ServicePlan;
import net.dglb.lab.plan.LabPlan.SitePlan;
import net.dglb.service.DelegationForm;

/** The lab's registration documents. */
final class RegistrationTexts {

  private final LabPlan plan;

  RegistrationTexts(LabPlan plan) {
    this.plan = plan;
  }

  String of(ServicePlan service) {
    return """
    registration {
      version = 1
      enterprise = foobar
      zone = %s
      form = %s
      dnssec = %s
      services {
        %s {
          %s
          mode = answer
          %s
          check { kind = http, port = %d, path = "/", interval = %dms, timeout = 1500ms, rise = 2, fall = 2 }
          policy { kind = latency, margin = 5ms, time-constant = 10s }
          ttl { delegation = 1d, referral = %ds, answer = %ds }
          sites {
    %s      }
        }
      }
    }
    """
        .formatted(
            service.zone(),
            service.form().name().toLowerCase(Locale.ROOT),
            plan.options().dnssec() && service.form() == DelegationForm.ALIASED,
            Hocon.text(service.name()),
            service.form() == DelegationForm.ALIASED
                ? "aliases = " + Hocon.list(List.of(service.question()))
                : "# the service's name is the zone itself",
            plan.options().dnssec() ? "answers { https { alpn = [h2] } }" : "# addresses alone",
            plan.options().sitePort(),
            plan.options().probeInterval().toMillis(),
            plan.options().referralTtl().toSeconds(),
            plan.options().answerTtl().toSeconds(),
            sites());
  }

  private String sites() {
    StringBuilder text = new StringBuilder();
    for (SitePlan site : plan.sites()) {
      text.append(
          "        %s { addresses = %s, latitude = %s, longitude = %s }%n"
              .formatted(
                  site.id(),
                  Hocon.list(site.addresses()),
                  site.city().location().latitude(),
                  site.city().location().longitude()));
    }
    return text.toString();
  }
}
