package io.waypost.delivery;

import java.util.Map;

/**
 * A send with its explanation.
 *
 * @param send the send
 * @param explanation sections in the order in which they happened: {@code trigger},
 * {@code journey}, {@code plan}, {@code features}, {@code permission}, {@code
 * throttling}, {@code variant}, {@code versions}, {@code scores}, {@code findings},
 * {@code review}, {@code dispatch}, {@code attempts}, {@code events}, {@code ledger}; a
 * section that did not happen is absent
 */
public record ExplainedSend(Send send, Map<String, Object> explanation) {

}
