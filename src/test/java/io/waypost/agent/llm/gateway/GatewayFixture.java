package io.waypost.agent.llm.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.ModelRequest;
import io.waypost.agent.llm.privacy.OutboundCheck;
import io.waypost.agent.llm.provider.ModelProvider;
import io.waypost.agent.llm.provider.ModelProviderSettings;
import io.waypost.agent.llm.provider.ModelProviders;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import org.jspecify.annotations.Nullable;

/** A gateway with real clients, a budget in memory and a clock that tests move. */
class GatewayFixture {

	static final TenantId TENANT = new TenantId("shop");

	static final String SCHEMA = """
			{"type": "object", "required": ["subject", "score"], "additionalProperties": false,
			 "properties": {"subject": {"type": "string", "maxLength": 60}, "score": {"type": "integer"}}}
			""";

	static final String ANSWER = "{\"subject\": \"Your basil is back\", \"score\": 7}";

	private static final PersonalDataDetector DETECTOR = new PersonalDataDetector();

	final RecordingBudget budget = new RecordingBudget();

	final MutableClock clock = MutableClock.at("2026-12-01T10:00:00Z");

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final List<Duration> waits = new ArrayList<>();

	@Nullable String region;

	ProviderGateway gateway(ModelProviderSettings... providers) {
		return gateway(Map.of(), providers);
	}

	/** With other adapters for some providers, by name. */
	ProviderGateway gateway(Map<String, ModelProvider> adapters, ModelProviderSettings... providers) {
		LlmSettings settings = new LlmSettings(List.of(providers), Duration.ofSeconds(40), 4, Duration.ofSeconds(30));
		OutboundCheck check = new OutboundCheck(DETECTOR, this.meters);
		CallSettlement settlement = new CallSettlement(this.budget, check, new ModelMetrics(this.meters), this.clock);
		RouteAttempts attempts = new RouteAttempts(this.budget, settlement, check, this.clock, new Random(7),
				(wait) -> {
					this.waits.add(wait);
					this.clock.advance(wait);
				});
		List<ModelRoute> routes = settings.providers()
			.stream()
			.map((provider) -> new ModelRoute(provider,
					adapters.getOrDefault(provider.name(), ModelProviders.create(provider, this.clock)), settings,
					this.clock))
			.toList();
		return new ProviderGateway(routes, (tenant) -> this.region, this.budget, check, attempts,
				settings.totalTimeout(), this.clock);
	}

	static ModelProviderSettings provider(String name, String type, String baseUrl) {
		return provider(name, type, baseUrl, Set.of(), Set.of());
	}

	static ModelProviderSettings provider(String name, String type, String baseUrl, Set<ModelPurpose> purposes,
			Set<String> regions) {
		return new ModelProviderSettings(name, type, baseUrl, "sk-secret-" + name, "large", "small", null, purposes,
				regions, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(20));
	}

	static ModelProviderSettings impatient(ModelProviderSettings patient) {
		return new ModelProviderSettings(patient.name(), patient.type(), patient.baseUrl(), patient.apiKey(),
				patient.model(), null, null, patient.purposes(), patient.regions(), patient.connectTimeout(),
				Duration.ofMillis(400), patient.totalTimeout());
	}

	static ModelRequest request(String user, String... identities) {
		return new ModelRequest(TENANT, ModelPurpose.WRITE, "key-1", "write-email@3",
				"You write e-mails for a garden shop. {{first_name}} is a merge tag.", user, "email", SCHEMA, 700, 0.7,
				null, 1000, Set.of(identities));
	}

	static ModelRequest request() {
		return request("Basil costs 3.99 EUR until 2026-12-24. {\"facts\": []}");
	}

	double count(String meter, String... tags) {
		return this.meters.get(meter).tags(tags).counter().count();
	}

	static ModelAnswer.Reason reason(ModelAnswer answer) {
		return ((ModelAnswer.Unanswered) answer).reason();
	}

}
