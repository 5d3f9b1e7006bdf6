package io.waypost.agent.llm.gateway;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.budget.ModelPrices;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.database.ServedRegion;
import io.waypost.kernel.InvalidSettingException;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@WaypostTest
class LlmWiringIntegrationTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private ModelPrices prices;

	@Autowired
	private ServedRegion region;

	@Test
	void requiresAPriceForEachModel() {
		assertThat(gateway("gpt-4o-mini").isConfigured()).isTrue();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> gateway("gpt-unknown"))
			.withMessageContaining("'gpt-unknown' has no price");
	}

	private ModelGateway gateway(String model) {
		ModelProviderSettings provider = new ModelProviderSettings("a", "openai", null, "k", model, null, null,
				Set.of(), Set.of(), Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofSeconds(20));
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		return new LlmConfiguration().modelGateway(
				new LlmSettings(List.of(provider), Duration.ofSeconds(40), 5, Duration.ofSeconds(30)), this.region,
				this.context.getBean(JdbcClient.class), new RecordingBudget(), this.prices,
				new OutboundCheck(new PersonalDataDetector(), meters), meters, Clock.systemUTC(), new Random());
	}

	@Test
	void hasNoGatewayWithoutProvidersAndNoSecondHttpClient() {
		assertThat(this.context.getBean("modelGateway")).isSameAs(ModelGateway.NONE);
		assertThat(this.context.getBeanProvider(WebClient.Builder.class).stream()).isEmpty();
	}

}
