package io.waypost.journey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.agent.MessageRequest;
import io.waypost.agent.Orchestrator;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.delivery.JourneySends;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.journey.run.NewRun;
import io.waypost.journey.run.RunBatchStarter;
import io.waypost.journey.run.RunStarter;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages that callers request one by one. The send is planned at once, so that the
 * caller can follow it.
 */
@Component
public class SingleMessages {

	/** Journey name in the send. */
	static final String JOURNEY = "api";

	/** Step name in the send; the model {@code single-message} uses the same name. */
	static final String STEP = "message";

	private final Profiles profiles;

	private final TemplateRepository templates;

	private final Orchestrator orchestrator;

	private final JourneyRunRepository runs;

	private final RunStarter runStarter;

	private final JourneySends sends;

	private final Clock clock;

	SingleMessages(Profiles profiles, TemplateRepository templates, Orchestrator orchestrator,
			JourneyRunRepository runs, RunStarter runStarter, JourneySends sends, Clock clock) {
		this.profiles = profiles;
		this.templates = templates;
		this.orchestrator = orchestrator;
		this.runs = runs;
		this.runStarter = runStarter;
		this.sends = sends;
		this.clock = clock;
	}

	/**
	 * Requests one personalised message to one person.
	 * @param caller the signed-in caller
	 * @param userId the source's id of the person
	 * @param template template key
	 * @param properties data for the message; no personal data
	 * @param request id of the request; a repetition with the same id returns the same
	 * send
	 * @return id of the send
	 */
	@Transactional
	public SendId trigger(Caller caller, String userId, String template, Map<String, Object> properties, UUID request) {
		return trigger(caller,
				new SingleMessageController.SingleMessageRequest(userId, template, Map.copyOf(properties)), request);
	}

	/**
	 * Plans the message; the engine starts it after the commit. The request's id becomes
	 * the id of the run, so that a repetition finds the run and its send.
	 */
	@Transactional
	SendId trigger(Caller caller, SingleMessageController.SingleMessageRequest body, UUID request) {
		JourneyRunId run = new JourneyRunId(request);
		return this.sends.find(caller.tenant(), run, STEP).orElseGet(() -> plan(caller, body, run));
	}

	private SendId plan(Caller caller, SingleMessageController.SingleMessageRequest body, JourneyRunId run) {
		TenantId tenant = caller.tenant();
		ProfileId profile = profile(tenant, Objects.requireNonNull(body.userId()));
		// Held until the commit, so that an erasure either finds this run or comes first
		this.profiles.survivors(tenant, List.of(profile));
		Template template = template(tenant, profile, Objects.requireNonNull(body.template()));
		Map<String, Object> trigger = Map.of("source", "api", "caller", caller.name());
		Instant now = this.clock.instant();
		this.runs.open(tenant, List.of(new NewRun(run, RunBatchStarter.SINGLE_MESSAGE, profile, run.toString(),
				template.key(), template.topic(), Duration.ZERO, now, trigger, body.properties())), now);
		this.runStarter.wakeAfterCommit();
		return this.orchestrator
			.open(tenant, List.of(new MessageRequest(profile, run, JOURNEY, STEP, template.key(), template.topic(),
					trigger, body.properties())))
			.single()
			.send()
			.id();
	}

	private ProfileId profile(TenantId tenant, String userId) {
		return this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, userId))
			.orElseThrow(() -> InvalidRequestException.notFound("/userId",
					"no profile has the user id '%s'; send an identify call first".formatted(userId)));
	}

	private Template template(TenantId tenant, ProfileId profile, String key) {
		Profile person = this.profiles.read(tenant, List.of(profile)).get(profile);
		String locale = (person != null) ? Objects.requireNonNullElse(person.locale(), "en") : "en";
		return this.templates.find(tenant, key, locale)
			.orElseThrow(() -> InvalidRequestException.notFound("/template",
					"there is no template '%s'; GET /api/v1/templates lists them".formatted(key)));
	}

}
