package io.waypost.console.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waypost.access.Caller;
import io.waypost.access.PreviewLimit;
import io.waypost.agent.preview.MessagePreview;
import io.waypost.agent.preview.PreviewResult;
import io.waypost.console.ArchetypeLabel;
import io.waypost.console.LabelledValue;
import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.console.messages.SendExplanationAssembler;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Template;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendFilter;
import io.waypost.delivery.SendLog;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Previews a template version for a profile. */
@Component
public class TemplatePreviews {

	/** Recent sends that are searched for the default profile. */
	private static final int SEARCHED_SENDS = 100;

	private final MessagePreview messagePreview;

	private final PreviewLimit limit;

	private final SendLog log;

	private final ProfileLookup people;

	private final ArchetypeLabel archetypeLabel;

	private final Labels labels;

	private final SendExplanationAssembler explanations;

	private final ObjectMapper json;

	TemplatePreviews(MessagePreview messagePreview, PreviewLimit limit, SendLog log, ProfileLookup people,
			ArchetypeLabel archetypeLabel, Labels labels, SendExplanationAssembler explanations, ObjectMapper json) {
		this.messagePreview = messagePreview;
		this.limit = limit;
		this.log = log;
		this.people = people;
		this.archetypeLabel = archetypeLabel;
		this.labels = labels;
		this.explanations = explanations;
		this.json = json;
	}

	/** Shows the preview; the default profile is the last recipient of the template. */
	PreviewSelection show(Caller caller, Template template, @Nullable String query) {
		TenantId tenant = caller.tenant();
		if (query != null && !query.isBlank()) {
			return this.people.find(tenant, query)
				.map((profile) -> new PreviewSelection(preview(caller, profile, template), query.strip(), ""))
				.orElseGet(() -> new PreviewSelection(null, query.strip(),
						this.labels.text("template.preview.unknownProfile")));
		}
		return lastRecipient(tenant, template)
			.map((recipient) -> new PreviewSelection(preview(caller, recipient.profile(), template), recipient.userId(),
					""))
			.orElseGet(() -> new PreviewSelection(null, "", ""));
	}

	/** Renders the message for a frame. */
	Optional<RenderedEmail> mail(Caller caller, Template template, String query) {
		return this.people.find(caller.tenant(), query).map((profile) -> limited(caller, profile, template).email());
	}

	private PreviewResult limited(Caller caller, ProfileId profile, Template template) {
		return this.limit.call(() -> this.messagePreview.preview(caller, profile, template));
	}

	private Optional<Recipient> lastRecipient(TenantId tenant, Template template) {
		List<Send> recent = this.log.list(tenant, SendFilter.all(), SEARCHED_SENDS, null).items();
		return recent.stream()
			.filter((send) -> send.template().equals(template.key()))
			.findFirst()
			.or(() -> recent.stream().findFirst())
			.flatMap((send) -> Optional
				.ofNullable(this.people.userIds(tenant, Set.of(send.profile())).get(send.profile()))
				.map((userId) -> new Recipient(send.profile(), userId)));
	}

	private TemplateView.TemplatePreviewView preview(Caller caller, ProfileId profile, Template template) {
		PreviewResult preview = limited(caller, profile, template);
		RenderedEmail email = preview.email();
		Map<String, Object> explanation = preview.explanation();
		JsonNode tree = this.json.valueToTree(explanation);
		return new TemplateView.TemplatePreviewView((email != null) ? email.subject() : null,
				(email != null) ? email.text() : null, preview.inbox(), this.labels.status(preview.outcome()),
				this.labels.reason(preview.reason()), preview.until(), facts(tree),
				this.explanations.scores(tree.path("scores")),
				SendExplanationAssembler.scoreReasons(tree.path("scores")), findings(tree.path("findings")));
	}

	private List<LabelledValue> facts(JsonNode tree) {
		List<LabelledValue> facts = new ArrayList<>();
		add(facts, "section.permission", tree.at("/permission/permission"), tree.at("/permission/reason"));
		add(facts, "section.throttling", tree.at("/throttling/decision"), tree.at("/throttling/reason"));
		add(facts, "template.preview.angle", tree.at("/plan/angle"), MissingNode.getInstance());
		add(facts, "template.preview.tone", tree.at("/plan/tone"), MissingNode.getInstance());
		add(facts, "template.preview.archetype", tree.at("/plan/archetype"), MissingNode.getInstance());
		add(facts, "template.preview.writer", tree.at("/variant/writer"), MissingNode.getInstance());
		return facts;
	}

	private void add(List<LabelledValue> facts, String key, JsonNode value, JsonNode more) {
		if (value.isTextual()) {
			String text = key.equals("template.preview.archetype") ? this.archetypeLabel.of(value.asText())
					: this.labels.code(value.asText());
			String reason = more.isTextual() ? this.labels.reason(more.asText()) : null;
			facts.add(LabelledValue.text(this.labels.text(key), (reason != null) ? text + ": " + reason : text));
		}
	}

	public List<TemplateView.FindingView> findings(JsonNode findings) {
		return findings.path("list")
			.valueStream()
			.map((finding) -> new TemplateView.FindingView(this.labels.severity(finding.path("severity").asText()),
					TemplateViewAssembler.tone(finding.path("severity").asText()),
					this.labels.location(finding.path("where").asText()), finding.path("detail").asText()))
			.toList();
	}

	/**
	 * A preview and its profile.
	 *
	 * @param preview null without a preview
	 * @param profile user id of the profile
	 * @param problem why there is no preview
	 */
	record PreviewSelection(TemplateView.@Nullable TemplatePreviewView preview, String profile, String problem) {

	}

	private record Recipient(ProfileId profile, String userId) {

	}

}
