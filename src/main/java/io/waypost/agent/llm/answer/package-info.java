/** Reads the answers of language models as JSON and checks them against a schema. */
@NullMarked
package io.waypost.agent.llm.answer;

import org.jspecify.annotations.NullMarked;
