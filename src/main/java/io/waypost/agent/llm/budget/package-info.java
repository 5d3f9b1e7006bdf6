/** What may be spent on language models, and what was spent. */
@NullMarked
package io.waypost.agent.llm.budget;

import org.jspecify.annotations.NullMarked;
