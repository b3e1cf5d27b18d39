/**
 * From measurements to answers: ranks the sites of each label as seen from the label's place and
 * publishes what DNS answers. Called when an estimate, a duty or a service changes.
 */
@NullMarked
package net.dglb.lb.answer;

import org.jspecify.annotations.NullMarked;
