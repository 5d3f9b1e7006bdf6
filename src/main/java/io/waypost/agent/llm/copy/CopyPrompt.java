package io.waypost.agent.llm.copy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.ModelRequest;
import io.waypost.agent.llm.prompt.Prompt;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.GeneratedCopy;
import io.waypost.content.fact.BrandFacts;
import io.waypost.database.JsonColumn;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Renders requests for copy. What a model may know is listed here: goal, lifecycle stage,
 * angle, tone and language of the message, facts of the shop, its products and its offer,
 * and the brand's voice. Nothing about a recipient is among it.
 */
@Component
class CopyPrompt {

	static final String NAME = "write-email";

	private final JsonColumn json;

	private final CopySettings settings;

	CopyPrompt(JsonColumn json, CopySettings settings) {
		this.json = json;
		this.settings = settings;
	}

	/**
	 * Input of a prompt.
	 *
	 * @param request input of the writers
	 * @param facts facts for the model
	 * @param tone tone of the plan
	 */
	record CopyInput(DraftRequest request, CopyFacts facts, String tone) {

	}

	/** A copy that did not pass, and why. */
	record RejectedCopy(GeneratedCopy copy, List<String> findings) {

	}

	ModelRequest write(TenantId tenant, String key, CopyTask task, Prompt prompt, CopyInput input) {
		return request(tenant, key, task, prompt,
				prompt.user() + "\n\n" + this.json.write(facts(input, this.settings.copies())));
	}

	/** Asks for corrected versions of copies that did not pass. */
	ModelRequest repair(TenantId tenant, String key, CopyTask task, Prompt prompt, CopyInput input,
			List<RejectedCopy> rejected) {
		Map<String, Object> facts = facts(input, rejected.size());
		facts.put("rejected", rejected.stream().map(CopyPrompt::rejected).toList());
		return request(tenant, key, task, prompt, prompt.user()
				+ "\n\nYour earlier copies are under \"rejected\", each with the findings of the check. Write them again"
				+ " without what was found.\n\n" + this.json.write(facts));
	}

	private ModelRequest request(TenantId tenant, String key, CopyTask task, Prompt prompt, String user) {
		return new ModelRequest(tenant, ModelPurpose.WRITE, key, prompt.reference(), prompt.system(), user, "copies",
				CopyReader.schema(), this.settings.maxTokens(), this.settings.temperature(),
				(task.campaign() != null) ? new CampaignId(task.campaign()) : null, task.people(), Set.of());
	}

	private static Map<String, Object> facts(CopyInput input, int copies) {
		DraftRequest request = input.request();
		BrandFacts.BrandVoice voice = request.facts().brand().voice();
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("copies", copies);
		facts.put("language", request.locale().toLanguageTag());
		facts.put("goal", request.goal());
		facts.put("lifecycleStage", request.stage().name().toLowerCase(Locale.ROOT));
		facts.put("angle", request.angle());
		facts.put("tone", input.tone());
		facts.put("situation", new TreeSet<>(input.facts().conditions()));
		facts.put("slots", new TreeMap<>(input.facts().slots()));
		facts.put("background", new TreeMap<>(input.facts().background()));
		facts.put("voice", Map.of("use", voice.use(), "avoid", voice.avoid()));
		return facts;
	}

	private static Map<String, Object> rejected(RejectedCopy rejected) {
		GeneratedCopy copy = rejected.copy();
		Map<String, Object> entry = new LinkedHashMap<>();
		entry.put("subject", copy.subject());
		entry.put("preheader", copy.preheader());
		entry.put("headline", copy.headline());
		entry.put("paragraphs", copy.paragraphs());
		entry.put("button", copy.button());
		entry.put("findings", rejected.findings());
		return entry;
	}

}
