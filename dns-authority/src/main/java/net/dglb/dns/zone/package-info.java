/**
 * What is answered: zones compiled to record sets in wire form. The compilers and the master file
 * reader run in the control plane and are the only users of dnsjava; answering allocates nothing.
 */
@NullMarked
package net.dglb.dns.zone;

import org.jspecify.annotations.NullMarked;
