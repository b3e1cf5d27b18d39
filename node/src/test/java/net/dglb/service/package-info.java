/** Tests of the service model: right documents read back, wrong ones refused with every error. */
@NullMarked
package net.dglb.service;

import org.jspecify.annotations.NullMarked;
