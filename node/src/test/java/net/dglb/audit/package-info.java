/** Tests of the form of the audit's records: anybody comes to the same hash. */
@NullMarked
package net.dglb.audit;

import org.jspecify.annotations.NullMarked;
