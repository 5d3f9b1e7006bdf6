package io.waypost.agent.llm.provider;

import java.util.Optional;
import java.util.stream.Stream;

/** Kinds of HTTP interfaces. */
public enum ProviderType {

	/** OpenAI and servers with the same interface. */
	OPENAI("openai", "https://api.openai.com/v1"),

	/** Azure OpenAI. Each resource has its own URL. */
	AZURE_OPENAI("azure-openai", ""),

	/** Anthropic. */
	ANTHROPIC("anthropic", "https://api.anthropic.com");

	private final String code;

	private final String defaultUrl;

	ProviderType(String code, String defaultUrl) {
		this.code = code;
		this.defaultUrl = defaultUrl;
	}

	/** Returns the type as written in the configuration. */
	public String code() {
		return this.code;
	}

	/** Returns the URL that is used when none is set, empty for none. */
	public String defaultUrl() {
		return this.defaultUrl;
	}

	/**
	 * Finds a type.
	 * @param code as written in the configuration
	 * @return the type, empty for an unknown one
	 */
	public static Optional<ProviderType> of(String code) {
		return Stream.of(values()).filter((type) -> type.code.equals(code)).findFirst();
	}

}
