package io.waypost.delivery.esp;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.waypost.kernel.InvalidSettingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfiguredEspsTests {

	@Test
	void createsTheProvidersInTheOrderOfTheConfiguration() {
		ConfiguredEsps esps = esps(settings("first", "sendgrid"), settings("second", "smtp"));
		assertThat(esps.inOrder()).extracting((esp) -> esp.settings().name()).containsExactly("first", "second");
		assertThat(esps.findWebhook("first")).isEmpty();
	}

	@Test
	void suggestsTheNearestType() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> esps(settings("main", "sendgird")))
			.withMessageContaining("sendgird")
			.satisfies((refusal) -> assertThat(refusal.action())
				.isEqualTo("Did you mean 'sendgrid'? Use one of: sendgrid, smtp."));
	}

	@Test
	void refusesTwoProvidersOfOneName() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> esps(settings("main", "smtp"), settings("main", "sendgrid")))
			.withMessageContaining("'main'");
	}

	@Test
	void usesTheSandboxByDefault() {
		assertThat(new EspListSettings(null).orSandbox()).extracting(EspSettings::type).containsExactly("sandbox");
	}

	private static ConfiguredEsps esps(EspSettings... settings) {
		return new ConfiguredEsps(new EspListSettings(Arrays.asList(settings)),
				List.of(new FakeFactory("smtp"), new FakeFactory("sendgrid")));
	}

	private static EspSettings settings(String name, String type) {
		return new EspSettings(name, type, null, null, "localhost", 25, null, null, false, null, 0,
				Duration.ofSeconds(10), Duration.ofSeconds(1), EspSettings.MESSAGES);
	}

	private record FakeFactory(String type) implements EspFactory {

		@Override
		public Esp createEsp(EspSettings settings) {
			return new Esp() {

				@Override
				public String name() {
					return settings.name();
				}

				@Override
				public SubmitOutcome submit(OutboundEmail email) {
					return new SubmitOutcome.Accepted("fake");
				}

			};
		}

		@Override
		public Optional<EspWebhookParser> createWebhookParser(EspSettings settings) {
			return Optional.empty();
		}

	}

}
