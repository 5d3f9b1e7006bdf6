package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.waypost.agent.plan.ContentPlan;
import io.waypost.agent.plan.PlanSection;
import io.waypost.agent.review.Review;
import io.waypost.agent.review.ReviewDecisions;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendDetails;
import io.waypost.delivery.SendRequest;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendUpdate;
import io.waypost.feature.FeatureStore;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Stores the state of messages before and after the agent chain and queues finished
 * messages.
 */
@Component
public class Orchestrator {

	private static final String ACTOR = "agent:orchestrator";

	/** Section with the route of a message between two transactions. */
	private static final String INTERRUPTED = "interrupted";

	private final JourneySends sends;

	private final Profiles profiles;

	private final FeatureStore features;

	private final Ledger ledger;

	private final ReviewDecisions reviews;

	private final QueueCheck queueCheck;

	private final RouteMetrics outcomes;

	private final Clock clock;

	Orchestrator(JourneySends sends, Profiles profiles, FeatureStore features, Ledger ledger, ReviewDecisions reviews,
			QueueCheck queueCheck, RouteMetrics outcomes, Clock clock) {
		this.queueCheck = queueCheck;
		this.sends = sends;
		this.profiles = profiles;
		this.features = features;
		this.ledger = ledger;
		this.reviews = reviews;
		this.outcomes = outcomes;
		this.clock = clock;
	}

	/**
	 * Creates a planned send per request and opens their messages.
	 * @param tenant the tenant
	 * @param requests requests of a journey; a repeated request gives the same send
	 * @return the batch; a send that is no longer planned is routed to STOP
	 */
	public Batch open(TenantId tenant, List<MessageRequest> requests) {
		List<SendRequest> sendRequests = requests.stream()
			.map((request) -> new SendRequest(request.profile(), request.run(), request.journey(), request.step(),
					request.template(), request.topic(), request.trigger(), request.properties()))
			.toList();
		List<Send> sends = this.sends.plan(tenant, sendRequests);
		List<Message> messages = new ArrayList<>();
		for (int i = 0; i < sends.size(); i++) {
			messages.add(opened(sends.get(i), requests.get(i)));
		}
		Batch batch = batch(tenant, messages);
		record(batch, "send.planned", batch.active());
		return this.outcomes.count("orchestrator", batch);
	}

	/**
	 * Restores stored messages after a wait state.
	 * @param tenant the tenant
	 * @param sends ids of the sends
	 * @return the batch
	 */
	public Batch resume(TenantId tenant, Collection<SendId> sends) {
		return batch(tenant, this.sends.read(tenant, sends).stream().map(Orchestrator::resumed).toList());
	}

	private Batch batch(TenantId tenant, List<Message> messages) {
		Set<ProfileId> recipients = messages.stream()
			.map((message) -> message.send().profile())
			.collect(Collectors.toSet());
		return new Batch(tenant, messages, Recipients.read(tenant, recipients, this.profiles, this.features));
	}

	/**
	 * Queues the messages for the dispatcher.
	 * @param batch permitted, written and inspected messages
	 * @return the same messages
	 * @throws io.waypost.delivery.NotClearedException if a stored fact does not allow it
	 */
	public Batch submit(Batch batch) {
		this.queueCheck.require(batch);
		return save(batch, SendStatus.QUEUED, Message::isActive, "send.queued");
	}

	/**
	 * Withholds the messages with their reason.
	 * @param batch the messages
	 * @return the same messages
	 */
	public Batch withhold(Batch batch) {
		return save(batch, SendStatus.WITHHELD, (message) -> true, "send.withheld");
	}

	/**
	 * Defers the messages to their next send window.
	 * @param batch the messages
	 * @return the same messages
	 */
	public Batch defer(Batch batch) {
		return save(batch, SendStatus.DEFERRED, (message) -> message.route() == Route.DEFER, "send.deferred");
	}

	/**
	 * Flags the messages for review.
	 * @param batch the messages
	 * @return the same messages
	 */
	public Batch flag(Batch batch) {
		return save(batch, SendStatus.FLAGGED, Message::isActive, "send.flagged");
	}

	/**
	 * Applies a review: an approved or changed message continues (a changed one to
	 * another inspection), a rejected one stops.
	 * @param batch the flagged messages
	 * @param review the review
	 * @return the same messages with their route
	 */
	public Batch apply(Batch batch, Review review) {
		Instant now = this.clock.instant();
		Batch decided = batch.map((message) -> this.reviews.apply(batch.tenant(), message, review, now));
		String kind = "review." + review.decision().name().toLowerCase(Locale.ROOT);
		this.ledger.record(decided.messages()
			.stream()
			.map((message) -> new LedgerEntry(batch.tenant(), now, kind, "send:" + message.send().id(),
					review.reviewer(), facts(message)))
			.toList());
		return this.outcomes.count("review", decided);
	}

	/**
	 * Keeps messages whose transaction ends between two steps, with their route.
	 * @param batch messages that no step has saved
	 */
	public void keep(Batch batch) {
		this.sends.keep(batch.tenant(), batch.messages().stream().map(Orchestrator::interrupted).toList());
	}

	private static SendUpdate interrupted(Message message) {
		Map<String, Object> route = new LinkedHashMap<>(Map.of("route", message.route().name()));
		ExplanationSections.putIfKnown(route, "reason", message.reason());
		return new SendUpdate(message.send().id(), message.send().status(), null, null, message.variant(),
				message.draft(), message.explained(INTERRUPTED, route).explanation());
	}

	private Batch save(Batch batch, SendStatus status, Function<Message, Boolean> selected, String kind) {
		List<Message> affected = batch.messages().stream().filter(selected::apply).toList();
		List<SendUpdate> updates = affected.stream()
			.map((message) -> new SendUpdate(message.send().id(), status, message.reason(),
					(status == SendStatus.DEFERRED) ? message.deferUntil() : null, message.variant(), message.draft(),
					message.explanation()))
			.toList();
		Set<SendId> changed = new HashSet<>(this.sends.save(batch.tenant(), updates));
		List<Message> saved = affected.stream().filter((message) -> changed.contains(message.send().id())).toList();
		record(batch, kind, saved);
		this.outcomes.countStatus(status, saved);
		return this.outcomes.count("orchestrator",
				batch.map((message) -> changed.contains(message.send().id()) ? message.withStatus(status) : message));
	}

	private void record(Batch batch, String kind, List<Message> messages) {
		if (!messages.isEmpty()) {
			Instant now = this.clock.instant();
			this.ledger.record(messages.stream()
				.map((message) -> new LedgerEntry(batch.tenant(), now, kind, "send:" + message.send().id(), ACTOR,
						facts(message)))
				.toList());
		}
	}

	private static Message opened(Send send, MessageRequest request) {
		boolean planned = send.status() == SendStatus.PLANNED;
		return new Message(new MessageTarget.ForRecipient(send), request.trigger(), request.properties(),
				planned ? Route.CONTINUE : Route.STOP,
				planned ? null : "already_" + send.status().name().toLowerCase(Locale.ROOT), 0, null, null, null, null,
				Map.of());
	}

	private static Message resumed(SendDetails stored) {
		Map<String, Object> explanation = new LinkedHashMap<>(stored.explanation());
		Object interrupted = explanation.remove(INTERRUPTED);
		int attempt = (explanation.get("variant") instanceof Map<?, ?> variant
				&& variant.get("attempt") instanceof Number number) ? number.intValue() : 0;
		Message message = new Message(new MessageTarget.ForRecipient(stored.send()), stored.trigger(),
				stored.properties(), route(interrupted), reason(interrupted), attempt, stored.send().deferredUntil(),
				null, stored.send().variant(), stored.draft(), explanation);
		ContentPlan plan = PlanSection.plan(ExplanationSections.read(message, PlanSection.NAME));
		return (plan != null) ? message.planned(plan) : message;
	}

	/** The route at the save point; a deferred message continues after its wait. */
	private static Route route(@Nullable Object interrupted) {
		Route route = (interrupted instanceof Map<?, ?> facts && facts.get("route") instanceof String name)
				? Route.valueOf(name) : Route.CONTINUE;
		return (route == Route.DEFER) ? Route.CONTINUE : route;
	}

	private static @Nullable String reason(@Nullable Object interrupted) {
		return (interrupted instanceof Map<?, ?> facts && facts.get("reason") instanceof String code) ? code : null;
	}

	/** Returns the evidence of a decision: ids, codes and versions. */
	private static Map<String, Object> facts(Message message) {
		Map<String, Object> facts = new LinkedHashMap<>();
		facts.put("run", message.send().run().toString());
		facts.put("journey", message.send().journey());
		facts.put("step", message.send().step());
		facts.put("topic", message.send().topic());
		facts.put("attempt", message.attempt());
		ExplanationSections.putIfKnown(facts, "reason", message.reason());
		ExplanationSections.putIfKnown(facts, "variant", message.variant());
		Map<String, Object> versions = ExplanationSections.read(message, "versions");
		for (String name : List.of("template", "brand", "writer", "prompt", "model", "tables")) {
			ExplanationSections.putIfKnown(facts, name, versions.get(name));
		}
		ExplanationSections.putIfKnown(facts, "permissionTable",
				ExplanationSections.read(message, "permission").get("version"));
		return facts;
	}

}
