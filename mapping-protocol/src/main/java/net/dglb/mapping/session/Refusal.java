package net.dglb.mapping.session;

import net.dglb.mapping.wire.ErrorCode;

/** Why a peer is not greeted. */
record Refusal(ErrorCode code, String text) {}
