package io.waypost.access.saml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.PublicUrl;
import io.waypost.access.user.GroupMapping;
import io.waypost.kernel.InvalidSettingException;
import io.waypost.kernel.TenantId;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The configured identity providers with SAML 2.0. */
@Component
@EnableConfigurationProperties(SamlSignInSettings.class)
public class SamlProviders {

	private final Map<String, SamlProvider> providers = new LinkedHashMap<>();

	SamlProviders(SamlSignInSettings settings, PublicUrl publicUrl) {
		for (SamlSettings provider : settings.saml()) {
			if (this.providers.put(provider.id(), SamlProvider.of(provider, publicUrl)) != null) {
				throw new InvalidSettingException(
						"Two entries of waypost.sign-in.saml have the name '%s'.".formatted(provider.id()),
						"Give each identity provider a name of its own.");
			}
		}
	}

	/** Lists the names of the providers. */
	public Set<String> names() {
		return this.providers.keySet();
	}

	/** Lists the labels and paths of the buttons on the sign-in page. */
	public Map<String, String> buttons() {
		Map<String, String> buttons = new LinkedHashMap<>();
		this.providers.values()
			.forEach((provider) -> buttons.put(SamlProvider.START + provider.id(), provider.settings().buttonLabel()));
		return buttons;
	}

	/** Lists the mappings of groups of a tenant's providers. */
	public List<GroupMapping> mappings(TenantId tenant) {
		return this.providers.values()
			.stream()
			.map(SamlProvider::settings)
			.filter((provider) -> provider.tenantId().equals(tenant))
			.map(SamlSettings::mapping)
			.toList();
	}

	Collection<SamlProvider> all() {
		return this.providers.values();
	}

	Optional<SamlProvider> find(String name) {
		return Optional.ofNullable(this.providers.get(name));
	}

}
