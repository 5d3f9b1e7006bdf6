package io.waypost.agent.llm.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.ModelRequest;
import io.waypost.agent.llm.prompt.Prompt;
import io.waypost.agent.llm.prompt.Prompts;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.GeneratedCopy;
import io.waypost.database.JsonColumn;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Asks another model whether the facts support what copies say: twice, with facts and
 * copies in another order, because the order influences models. Only where both answers
 * agree, a copy counts as supported.
 */
@Component
class CopyVerifier {

	static final String PROMPT = "judge-email";

	private static final String SCHEMA = """
			{"type":"object","additionalProperties":false,"required":["verdicts"],"properties":{"verdicts":{"type":"array",
			"items":{"type":"object","additionalProperties":false,"required":["copy","supported","unsupported"],
			"properties":{"copy":{"type":"string"},"supported":{"type":"boolean"},
			"unsupported":{"type":"array","items":{"type":"string"}}}}}}}
			""";

	private static final int MAX_TOKENS = 800;

	private final ModelGateway gateway;

	private final Prompts prompts;

	private final JsonColumn json;

	CopyVerifier(ModelGateway gateway, Prompts prompts, JsonColumn json) {
		this.gateway = gateway;
		this.prompts = prompts;
		this.json = json;
	}

	/**
	 * What the judges said.
	 *
	 * @param supported ids of copies that both answers call supported
	 * @param answers the answers, for their cost
	 */
	record CopyVerdicts(Set<String> supported, List<ModelAnswer.Answered> answers) {

	}

	/**
	 * Judges copies.
	 * @param tenant the tenant
	 * @param key key of the copy
	 * @param task what the copy is for
	 * @param facts the facts of the prompt
	 * @param copies copies to judge
	 * @return nothing is supported when no judge is configured or one does not answer
	 */
	CopyVerdicts verify(TenantId tenant, String key, CopyTask task, CopyFacts facts, List<GeneratedCopy> copies) {
		if (copies.isEmpty() || !this.gateway.isConfigured(tenant, ModelPurpose.JUDGE)) {
			return new CopyVerdicts(Set.of(), List.of());
		}
		List<ModelAnswer.Answered> answers = new ArrayList<>();
		Map<String, Integer> votes = new HashMap<>();
		for (List<GeneratedCopy> order : List.of(copies, copies.reversed())) {
			ModelAnswer answer = this.gateway.ask(request(tenant, key, task, facts, order, order == copies));
			if (!(answer instanceof ModelAnswer.Answered answered)) {
				return new CopyVerdicts(Set.of(), answers);
			}
			answers.add(answered);
			for (JsonNode verdict : answered.json().path("verdicts")) {
				if (verdict.path("supported").asBoolean() && verdict.path("unsupported").isEmpty()) {
					votes.merge(verdict.path("copy").asText(), 1, Integer::sum);
				}
			}
		}
		return new CopyVerdicts(
				Set.copyOf(
						copies.stream().map(GeneratedCopy::id).filter((id) -> votes.getOrDefault(id, 0) == 2).toList()),
				answers);
	}

	private ModelRequest request(TenantId tenant, String key, CopyTask task, CopyFacts facts,
			List<GeneratedCopy> copies, boolean factsFirst) {
		Prompt prompt = this.prompts.current(tenant, PROMPT);
		Map<String, Object> known = new TreeMap<>(facts.background());
		facts.slots().forEach((name, value) -> known.put("${" + name + "}", value));
		List<Map<String, Object>> shown = copies.stream().map(CopyVerifier::shown).toList();
		Map<String, Object> content = new LinkedHashMap<>();
		content.put(factsFirst ? "facts" : "copies", factsFirst ? known : shown);
		content.put(factsFirst ? "copies" : "facts", factsFirst ? shown : known);
		return new ModelRequest(tenant, ModelPurpose.JUDGE, key, prompt.reference(), prompt.system(),
				prompt.user() + "\n\n" + this.json.write(content), "verdicts", SCHEMA, MAX_TOKENS, 0,
				(task.campaign() != null) ? new CampaignId(task.campaign()) : null, task.people(), Set.of());
	}

	private static Map<String, Object> shown(GeneratedCopy copy) {
		return Map.of("copy", copy.id(), "texts", copy.texts());
	}

}
