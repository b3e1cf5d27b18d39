package net.dglb.backbone.registry;

/**
 * That somebody known was refused what is another's.
 *
 * @param subject what was to be touched, such as a zone
 * @param text why it may not be
 * @param caller who asked
 */
public record Refusal(String subject, String text, Caller caller) {}
