/** Keeps personal data out of requests to language models. */
@NullMarked
package io.waypost.agent.llm.privacy;

import org.jspecify.annotations.NullMarked;
