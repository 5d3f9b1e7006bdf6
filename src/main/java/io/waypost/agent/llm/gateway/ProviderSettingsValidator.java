package io.waypost.agent.llm.gateway;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.waypost.agent.llm.provider.ModelProviderSettings;
import io.waypost.agent.llm.provider.ProviderType;
import io.waypost.database.ServedRegion;
import io.waypost.kernel.InvalidSettingException;
import io.waypost.kernel.Suggestions;
import org.jspecify.annotations.Nullable;

/** Refuses to start with providers that could not work or would be unsafe. */
final class ProviderSettingsValidator {

	private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");

	private static final List<String> TYPES = Stream.of(ProviderType.values()).map(ProviderType::code).toList();

	private final Set<String> regions = new TreeSet<>();

	private final Consumer<String> requirePrice;

	/**
	 * Makes a validator.
	 * @param region the region of this node
	 * @param requirePrice throws for a model without a price
	 */
	ProviderSettingsValidator(ServedRegion region, Consumer<String> requirePrice) {
		this.requirePrice = requirePrice;
		this.regions.addAll(region.urls().keySet());
		if (!region.name().isEmpty()) {
			this.regions.add(region.name());
		}
	}

	/**
	 * Checks all providers.
	 * @throws InvalidSettingException for the first problem
	 */
	void validate(List<ModelProviderSettings> providers) {
		Set<String> names = new HashSet<>();
		for (ModelProviderSettings provider : providers) {
			validateName(provider, names);
			validateType(provider);
			validateModels(provider);
			validateKey(provider);
			validateUrl(provider);
			validateRegions(provider);
			validateTimeouts(provider);
		}
	}

	private static void validateName(ModelProviderSettings provider, Set<String> names) {
		String name = provider.name();
		if (name == null || !NAME.matcher(name).matches()) {
			throw new InvalidSettingException("waypost.llm.providers[n].name '%s' is no name.".formatted(name),
					"Use 1 to 40 lower-case letters, digits or hyphens.");
		}
		if (!names.add(name)) {
			throw new InvalidSettingException("Two providers of language models have the name '%s'.".formatted(name),
					"Change waypost.llm.providers[n].name of one of them.");
		}
	}

	private static void validateType(ModelProviderSettings provider) {
		require(provider, provider.type(), "type");
		if (ProviderType.of(provider.type()).isEmpty()) {
			String suggestion = Suggestions.closest(provider.type(), TYPES)
				.map((closest) -> "Did you mean '%s'? ".formatted(closest))
				.orElse("");
			throw new InvalidSettingException("waypost.llm.providers[n].type '%s' of provider '%s' is unknown."
				.formatted(provider.type(), provider.name()),
					suggestion + "Use one of: %s.".formatted(String.join(", ", TYPES)));
		}
	}

	private void validateModels(ModelProviderSettings provider) {
		require(provider, provider.model(), "model");
		this.requirePrice.accept(provider.model());
		if (provider.economyModel() != null && !provider.economyModel().isBlank()) {
			this.requirePrice.accept(provider.economyModel());
		}
	}

	/** A compatible server on an own host may need no key. */
	private static void validateKey(ModelProviderSettings provider) {
		if (!provider.type().equals(ProviderType.OPENAI.code()) || provider.baseUrl() == null) {
			require(provider, provider.apiKey(), "api-key");
		}
		String key = provider.apiKey();
		if (key != null && key.chars().anyMatch((character) -> character <= ' ' || character > '~')) {
			throw new InvalidSettingException(
					"waypost.llm.providers[n].api-key of provider '%s' contains a space or another character that no key has."
						.formatted(provider.name()),
					"Copy the key without line breaks and quotation marks.");
		}
	}

	private static void require(ModelProviderSettings provider, @Nullable String value, String property) {
		if (value == null || value.isBlank()) {
			throw new InvalidSettingException("Provider '%s' of language models needs waypost.llm.providers[n].%s."
				.formatted(provider.name(), property), "Set waypost.llm.providers[n].%s.".formatted(property));
		}
	}

	private static void validateUrl(ModelProviderSettings provider) {
		if (provider.type().equals(ProviderType.AZURE_OPENAI.code())) {
			require(provider, provider.baseUrl(), "base-url");
		}
		if (provider.baseUrl() == null) {
			return;
		}
		URI url = url(provider, provider.baseUrl());
		boolean plain = "http".equals(url.getScheme());
		if (plain && !LOOPBACK.matcher(url.getHost()).matches()) {
			throw new InvalidSettingException(
					"waypost.llm.providers[n].base-url of provider '%s' sends prompts and the key unencrypted to %s."
						.formatted(provider.name(), url.getHost()),
					"Use https, or http to localhost only.");
		}
	}

	/** Does not repeat the URL, which may contain a key. */
	private static URI url(ModelProviderSettings provider, String baseUrl) {
		try {
			URI url = new URI(baseUrl);
			boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
			if (http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null
					&& url.getRawFragment() == null) {
				return url;
			}
		}
		catch (URISyntaxException ex) {
			// refused below
		}
		throw new InvalidSettingException(
				"waypost.llm.providers[n].base-url of provider '%s' is no URL of a server.".formatted(provider.name()),
				"Use a URL such as https://api.openai.com/v1, without user, query and fragment.");
	}

	private void validateRegions(ModelProviderSettings provider) {
		for (String region : provider.regions()) {
			if (!this.regions.contains(region)) {
				String suggestion = Suggestions.closest(region, this.regions)
					.map((closest) -> "Did you mean '%s'? ".formatted(closest))
					.orElse("");
				throw new InvalidSettingException(
						"waypost.llm.providers[n].regions '%s' of provider '%s' is unknown.".formatted(region,
								provider.name()),
						suggestion + "Regions are waypost.region.name and the names in waypost.region.urls: %s."
							.formatted(this.regions.isEmpty() ? "none" : String.join(", ", this.regions)));
			}
		}
	}

	private static void validateTimeouts(ModelProviderSettings provider) {
		if (Stream.of(provider.connectTimeout(), provider.readTimeout(), provider.totalTimeout())
			.anyMatch((timeout) -> timeout.isNegative() || timeout.isZero())) {
			throw new InvalidSettingException(
					"A timeout of provider '%s' of language models is not positive.".formatted(provider.name()),
					"Set connect-timeout, read-timeout and total-timeout to at least 1ms.");
		}
	}

}
