package net.dglb.backbone.registry;

/**
 * That somebody known was refused what is another's.
 *
 * @param action what was tried, in the words of the audit, such as {@code put-zone}
 * @param subject what was to be touched, such as a zone
 * @param text why it may not be
 * @param caller who asked
 */
public record Refusal(String action, String subject, String text, Caller caller) {}
