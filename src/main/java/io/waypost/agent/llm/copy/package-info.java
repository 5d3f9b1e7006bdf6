/**
 * Copy that language models write. It is requested once for all messages with the same
 * kinds of facts, written outside of transactions by {@code CopyWorker}, scored and
 * inspected, and kept. {@link io.waypost.agent.llm.copy.GeneratedCopies} gives it to the
 * executor; where there is none yet, content is written by rules.
 */
@NullMarked
package io.waypost.agent.llm.copy;

import org.jspecify.annotations.NullMarked;
