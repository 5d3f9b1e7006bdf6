package io.waypost.delivery.esp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.waypost.kernel.InvalidSettingException;
import io.waypost.kernel.Suggestions;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The configured providers. */
@Component
@EnableConfigurationProperties(EspListSettings.class)
public class ConfiguredEsps {

	private final List<ConfiguredEsp> inOrder;

	private final Map<String, EspWebhookParser> webhooks;

	@Autowired
	ConfiguredEsps(EspListSettings properties, List<EspFactory> types) {
		this(new ArrayList<>(), new TreeMap<>());
		Map<String, EspFactory> byType = new TreeMap<>();
		types.forEach((type) -> byType.put(type.type(), type));
		properties.orSandbox().forEach((settings) -> add(settings, byType));
	}

	private ConfiguredEsps(List<ConfiguredEsp> inOrder, Map<String, EspWebhookParser> webhooks) {
		this.inOrder = inOrder;
		this.webhooks = webhooks;
	}

	/**
	 * Combines providers without webhooks, for tests.
	 * @param inOrder in the order of failover
	 * @return the providers
	 */
	public static ConfiguredEsps of(List<ConfiguredEsp> inOrder) {
		return new ConfiguredEsps(List.copyOf(inOrder), Map.of());
	}

	private void add(EspSettings settings, Map<String, EspFactory> factories) {
		EspFactory factory = factories.get(settings.type());
		if (factory == null) {
			throw unknownType(settings, factories.keySet());
		}
		if (this.inOrder.stream().anyMatch((other) -> other.settings().name().equals(settings.name()))) {
			throw new InvalidSettingException("Two ESPs have the name '%s'.".formatted(settings.name()),
					"Change waypost.esp[n].name of one of them.");
		}
		this.inOrder.add(new ConfiguredEsp(settings, factory.createEsp(settings)));
		factory.createWebhookParser(settings).ifPresent((parser) -> this.webhooks.put(settings.name(), parser));
	}

	private static InvalidSettingException unknownType(EspSettings settings, Set<String> types) {
		String suggestion = Suggestions.closest(settings.type(), types)
			.map((closest) -> "Did you mean '%s'? ".formatted(closest))
			.orElse("");
		return new InvalidSettingException(
				"waypost.esp[n].type '%s' of ESP '%s' is unknown.".formatted(settings.type(), settings.name()),
				suggestion + "Use one of: %s.".formatted(String.join(", ", types)));
	}

	/**
	 * Returns the providers in the order of failover.
	 * @return at least one
	 */
	public List<ConfiguredEsp> inOrder() {
		return List.copyOf(this.inOrder);
	}

	/**
	 * Finds the webhook parser of a provider.
	 * @param name configured name of the provider
	 * @return the parser, empty for an unknown provider or one without webhooks
	 */
	public Optional<EspWebhookParser> findWebhook(String name) {
		return Optional.ofNullable(this.webhooks.get(name));
	}

	/**
	 * A provider with its settings.
	 *
	 * @param settings its settings
	 * @param esp the provider
	 */
	public record ConfiguredEsp(EspSettings settings, Esp esp) {

	}

}
