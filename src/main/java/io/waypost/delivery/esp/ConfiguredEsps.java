package io.waypost.delivery.esp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
	 * Puts providers together by hand, without webhooks.
	 * @param inOrder in the order of failover
	 * @return the providers
	 */
	public static ConfiguredEsps of(List<ConfiguredEsp> inOrder) {
		return new ConfiguredEsps(List.copyOf(inOrder), Map.of());
	}

	private void add(EspSettings settings, Map<String, EspFactory> types) {
		EspFactory type = types.get(settings.type());
		if (type == null) {
			throw new IllegalStateException("ESP '%s' has unknown type '%s'; known are %s".formatted(settings.name(),
					settings.type(), types.keySet()));
		}
		if (this.inOrder.stream().anyMatch((other) -> other.settings().name().equals(settings.name()))) {
			throw new IllegalStateException(
					"Two ESPs are called '%s'; give one another waypost.esp[n].name".formatted(settings.name()));
		}
		this.inOrder.add(new ConfiguredEsp(settings, type.createEsp(settings)));
		type.createWebhookParser(settings).ifPresent((webhook) -> this.webhooks.put(settings.name(), webhook));
	}

	/**
	 * The providers in the order of failover.
	 * @return at least one
	 */
	public List<ConfiguredEsp> inOrder() {
		return List.copyOf(this.inOrder);
	}

	/**
	 * Finds the reader of a provider's webhooks.
	 * @param name configured name of the provider
	 * @return the reader, empty for a provider that is not configured or posts none
	 */
	public Optional<EspWebhookParser> findWebhook(String name) {
		return Optional.ofNullable(this.webhooks.get(name));
	}

	/**
	 * A provider and how it was configured.
	 *
	 * @param settings its settings
	 * @param esp the way out
	 */
	public record ConfiguredEsp(EspSettings settings, Esp esp) {

	}

}
