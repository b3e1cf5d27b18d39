package net.dglb.backbone.registry;

/**
 * Who asks for a change, for the audit.
 *
 * @param actor a certificate's identity, {@code enterprise <name>} or {@code operator}
 * @param source from where: an address
 */
public record Caller(String actor, String source) {}
