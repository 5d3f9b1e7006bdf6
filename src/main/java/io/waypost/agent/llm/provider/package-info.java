/**
 * Adapters of the providers of language models: OpenAI, servers compatible with it, Azure
 * OpenAI and Anthropic. The only package that uses Spring AI and the HTTP client. An
 * adapter makes exactly one HTTP request per call.
 */
@NullMarked
package io.waypost.agent.llm.provider;

import org.jspecify.annotations.NullMarked;
