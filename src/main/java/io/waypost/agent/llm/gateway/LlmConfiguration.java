package io.waypost.agent.llm.gateway;

import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.budget.ModelBudget;
import io.waypost.agent.llm.budget.ModelPrices;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.provider.ModelProviders;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.database.ServedRegion;
import io.waypost.database.TenantRegions;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway to language models. Without providers it loads no class of a client. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LlmSettings.class)
class LlmConfiguration {

	@Bean
	OutboundCheck outboundCheck(PersonalDataDetector detector, MeterRegistry meters) {
		return new OutboundCheck(detector, meters);
	}

	@Bean
	ModelGateway modelGateway(LlmSettings settings, ServedRegion region, JdbcClient jdbc, ModelBudget budget,
			ModelPrices prices, OutboundCheck check, MeterRegistry meters, Clock clock, RandomGenerator random) {
		if (settings.providers().isEmpty()) {
			return ModelGateway.NONE;
		}
		new ProviderSettingsValidator(region, prices::require).validate(settings.providers());
		TenantRegions regions = new TenantRegions(jdbc);
		return new ProviderGateway(routes(settings, clock),
				(tenant) -> regions.of(List.of(tenant.value())).get(tenant.value()), budget, check,
				attempts(budget, check, meters, clock, random), settings.totalTimeout(), clock);
	}

	private static RouteAttempts attempts(ModelBudget budget, OutboundCheck check, MeterRegistry meters, Clock clock,
			RandomGenerator random) {
		CallSettlement settlement = new CallSettlement(budget, check, new ModelMetrics(meters), clock);
		return new RouteAttempts(budget, settlement, check, clock, random, Thread::sleep);
	}

	private static List<ModelRoute> routes(LlmSettings settings, Clock clock) {
		return settings.providers()
			.stream()
			.map((provider) -> new ModelRoute(provider, ModelProviders.create(provider, clock), settings, clock))
			.toList();
	}

}
