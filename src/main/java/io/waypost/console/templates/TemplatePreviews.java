package io.waypost.console.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.preview.MessagePreview;
import io.waypost.agent.preview.PreviewResult;
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

/** Previews a version of a template as a named person. */
@Component
public class TemplatePreviews {

	/** How far back somebody is looked for who would get it. */
	private static final int LOOKED_THROUGH = 100;

	private final MessagePreview rehearsal;

	private final SendLog log;

	private final ProfileLookup people;

	private final Labels words;

	private final ObjectMapper json;

	TemplatePreviews(MessagePreview rehearsal, SendLog log, ProfileLookup people, Labels words, ObjectMapper json) {
		this.rehearsal = rehearsal;
		this.log = log;
		this.people = people;
		this.words = words;
		this.json = json;
	}

	/** Without a wish it is shown for whoever was last written to with this template. */
	PreviewSelection show(TenantId tenant, Template template, @Nullable String wanted) {
		if (wanted != null && !wanted.isBlank()) {
			return this.people.find(tenant, wanted)
				.map((profile) -> new PreviewSelection(preview(tenant, profile, template), wanted.strip(), ""))
				.orElseGet(() -> new PreviewSelection(null, wanted.strip(),
						"Nobody is known by this id or address. Take one from People, or send an identify call."));
		}
		return reader(tenant, template)
			.map((reader) -> new PreviewSelection(preview(tenant, reader.profile(), template), reader.userId(), ""))
			.orElseGet(() -> new PreviewSelection(null, "", ""));
	}

	/** The message itself, for a frame. */
	Optional<RenderedEmail> mail(TenantId tenant, Template template, String person) {
		return this.people.find(tenant, person)
			.map((profile) -> this.rehearsal.preview(tenant, profile, template).email());
	}

	private Optional<Reader> reader(TenantId tenant, Template template) {
		List<Send> recent = this.log.list(tenant, SendFilter.all(), LOOKED_THROUGH, null).items();
		return recent.stream()
			.filter((send) -> send.template().equals(template.key()))
			.findFirst()
			.or(() -> recent.stream().findFirst())
			.flatMap((send) -> Optional
				.ofNullable(this.people.userIds(tenant, Set.of(send.profile())).get(send.profile()))
				.map((userId) -> new Reader(send.profile(), userId)));
	}

	private TemplateView.TemplatePreviewView preview(TenantId tenant, ProfileId person, Template template) {
		PreviewResult rehearsed = this.rehearsal.preview(tenant, person, template);
		RenderedEmail email = rehearsed.email();
		Map<String, Object> explanation = rehearsed.explanation();
		JsonNode tree = this.json.valueToTree(explanation);
		return new TemplateView.TemplatePreviewView((email != null) ? email.subject() : null,
				(email != null) ? email.text() : null, this.words.status(rehearsed.outcome()),
				this.words.reason(rehearsed.reason()), rehearsed.until(), facts(tree),
				SendExplanationAssembler.scores(tree.path("scores")),
				SendExplanationAssembler.scoreReasons(tree.path("scores")), findings(tree.path("findings")));
	}

	private List<LabelledValue> facts(JsonNode tree) {
		List<LabelledValue> facts = new ArrayList<>();
		add(facts, "Permission", tree.at("/permission/permission"), tree.at("/permission/reason"));
		add(facts, "Timing", tree.at("/throttling/decision"), tree.at("/throttling/reason"));
		add(facts, "Angle", tree.at("/plan/angle"), tree.at("/plan/tone"));
		add(facts, "Archetype", tree.at("/plan/archetype"), tree.path("no more"));
		add(facts, "Words by", tree.at("/variant/writer"), tree.path("no more"));
		return facts;
	}

	private void add(List<LabelledValue> facts, String name, JsonNode value, JsonNode more) {
		if (value.isTextual()) {
			String text = name.equals("Archetype") ? value.asText() : Labels.humanise(value.asText());
			String reason = more.isTextual() ? this.words.reason(more.asText()) : null;
			facts.add(LabelledValue.text(name, (reason != null) ? text + ": " + reason : text));
		}
	}

	public List<TemplateView.FindingView> findings(JsonNode findings) {
		return findings.path("list")
			.valueStream()
			.map((finding) -> new TemplateView.FindingView(Labels.humanise(finding.path("severity").asText()),
					TemplateViewAssembler.tone(finding.path("severity").asText()),
					this.words.location(finding.path("where").asText()), finding.path("detail").asText()))
			.toList();
	}

	/**
	 * What there is to show.
	 *
	 * @param preview null when there is none
	 * @param person whose
	 * @param problem why there is none
	 */
	record PreviewSelection(TemplateView.@Nullable TemplatePreviewView preview, String person, String problem) {

	}

	private record Reader(ProfileId profile, String userId) {

	}

}
