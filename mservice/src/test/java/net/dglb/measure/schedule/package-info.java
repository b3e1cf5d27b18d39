/** Tests of plan and schedule in virtual time. */
@NullMarked
package net.dglb.measure.schedule;

import org.jspecify.annotations.NullMarked;
