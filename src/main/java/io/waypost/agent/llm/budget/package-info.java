/** What may be spent on language models, and what was spent. */
@NullMarked
@NamedInterface("budget")
package io.waypost.agent.llm.budget;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
