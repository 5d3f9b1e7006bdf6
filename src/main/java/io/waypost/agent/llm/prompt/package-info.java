/** The prompts for language models and their versions. */
@NullMarked
package io.waypost.agent.llm.prompt;

import org.jspecify.annotations.NullMarked;
