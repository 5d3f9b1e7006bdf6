package io.waypost.agent.llm.copy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.agent.CampaignContentWriter;
import io.waypost.agent.Message;
import io.waypost.agent.MessageTarget;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.prompt.Prompts;
import io.waypost.agent.plan.PlanSection;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.GeneratedCopy;
import io.waypost.agent.write.GeneratedCopyWriter;
import io.waypost.agent.write.WrittenDraft;
import io.waypost.content.TemplateCopy;
import io.waypost.content.fact.BrandFacts;
import io.waypost.database.TenantScope;
import io.waypost.delivery.SendRequest;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Gives copy of language models to messages. It never waits for a model: a message whose
 * copy does not exist yet is written by rules, and the copy is requested for later ones.
 */
@Component
@EnableConfigurationProperties(CopySettings.class)
public class GeneratedCopies {

	private static final int CACHED = 10_000;

	/** Keys without copy are looked up again after this time. */
	private static final Duration REMEMBERED = Duration.ofSeconds(10);

	/** More missing keys than this are requested by later messages. */
	private static final int MAX_MISSING = 1_000;

	private final CopyRepository repository;

	private final GeneratedCopyWriter writer;

	private final ModelGateway gateway;

	private final Prompts prompts;

	private final CopySettings settings;

	private final Clock clock;

	private final Cache<CacheKey, Optional<StoredCopies>> cache;

	private final Map<CacheKey, CopyTask> missing = new ConcurrentHashMap<>();

	GeneratedCopies(CopyRepository repository, GeneratedCopyWriter writer, ModelGateway gateway, Prompts prompts,
			CopySettings settings, Clock clock) {
		this.repository = repository;
		this.writer = writer;
		this.gateway = gateway;
		this.prompts = prompts;
		this.settings = settings;
		this.clock = clock;
		this.cache = Caffeine.newBuilder()
			.maximumSize(CACHED)
			.expireAfterWrite(REMEMBERED)
			.ticker(new ClockTicker(clock))
			.build();
	}

	/**
	 * A draft with copy of a model.
	 *
	 * @param draft the draft
	 * @param model provider and model
	 * @param promptVersion name and version of the prompt
	 * @param explanation what is known about the copy, for explanations
	 */
	public record ModelDraft(WrittenDraft draft, String model, String promptVersion, Map<String, Object> explanation) {

		public ModelDraft {
			explanation = Map.copyOf(explanation);
		}

	}

	private record CacheKey(TenantId tenant, String key) {

	}

	/**
	 * Writes a draft with copy that exists. Each attempt uses another copy; when all were
	 * used, the message is written by rules.
	 * @param tenant the tenant
	 * @param message a planned message
	 * @param request input of the writers for this message
	 * @return the draft, empty when there is no copy for it
	 */
	public Optional<ModelDraft> write(TenantId tenant, Message message, DraftRequest request) {
		if (!isWritten(tenant, request)) {
			return Optional.empty();
		}
		CacheKey key = new CacheKey(tenant, key(tenant, message, request));
		Optional<StoredCopies> stored = this.cache.get(key, (one) -> this.repository.find(tenant, one.key(), since()));
		if (stored.isEmpty()) {
			miss(key, message);
		}
		boolean reviewed = message.target() instanceof MessageTarget.ForArchetype;
		return stored
			.flatMap((copies) -> draft(key.key(), copies, reviewed ? copies.copies() : copies.confirmed(), request));
	}

	/**
	 * Requests the copy of a campaign that does not exist yet. Call it in the transaction
	 * that lets the campaign wait.
	 * @param tenant the tenant
	 * @param campaign the campaign
	 * @param requests planned messages of the campaign with the input of the writers
	 * @return number of copies that the campaign has to wait for
	 */
	public int request(TenantId tenant, CampaignId campaign, Map<Message, DraftRequest> requests) {
		Map<String, CopyTask> tasks = new LinkedHashMap<>();
		requests.forEach((message, request) -> {
			if (isWritten(tenant, request)) {
				tasks.putIfAbsent(key(tenant, message, request), CopyTask.of(message));
			}
		});
		if (tasks.isEmpty()) {
			return 0;
		}
		this.repository.request(tenant, tasks, this.clock.instant());
		this.repository.await(tenant, campaign, tasks.keySet());
		return this.repository.open(tenant, campaign);
	}

	/**
	 * A campaign no longer waits for copy.
	 * @param tenant the tenant
	 * @param campaign the campaign
	 */
	public void release(TenantId tenant, CampaignId campaign) {
		this.repository.release(tenant, campaign);
	}

	/**
	 * Returns campaigns that wait for copy and whose copy is finished.
	 * @param limit maximum number
	 * @return the campaigns of all tenants
	 */
	public List<CampaignContentWriter.FinishedCopy> finished(int limit) {
		return this.repository.finishedCampaigns(limit);
	}

	/**
	 * Returns whether a model may write for a tenant.
	 * @param tenant the tenant
	 * @return whether a provider is configured
	 */
	public boolean isConfigured(TenantId tenant) {
		return this.gateway.isConfigured(tenant, ModelPurpose.WRITE);
	}

	boolean isConfigured() {
		return this.gateway.isConfigured();
	}

	/** Stores requests of messages of journeys, in a transaction of their own. */
	void flush() {
		Map<TenantId, Map<String, CopyTask>> byTenant = new HashMap<>();
		for (CacheKey key : new ArrayList<>(this.missing.keySet())) {
			CopyTask task = this.missing.remove(key);
			if (task != null) {
				byTenant.computeIfAbsent(key.tenant(), (tenant) -> new HashMap<>()).put(key.key(), task);
			}
		}
		Instant now = this.clock.instant();
		byTenant.forEach((tenant, tasks) -> TenantScope.run(tenant, () -> this.repository.request(tenant, tasks, now)));
	}

	void invalidate(TenantId tenant, String key) {
		this.cache.invalidate(new CacheKey(tenant, key));
	}

	/** A template with all texts leaves nothing to write. */
	private boolean isWritten(TenantId tenant, DraftRequest request) {
		TemplateCopy authored = request.authored();
		boolean complete = authored != null && isSet(authored.subject()) && isSet(authored.preheader())
				&& isSet(authored.headline()) && !authored.paragraphs().isEmpty() && isSet(authored.callToAction());
		return !complete && isConfigured(tenant);
	}

	private static boolean isSet(@Nullable String text) {
		return text != null && !text.isBlank();
	}

	private void miss(CacheKey key, Message message) {
		if (message.target() instanceof MessageTarget.ForRecipient personal
				&& !personal.send().journey().equals(SendRequest.TEST) && this.missing.size() < MAX_MISSING) {
			this.missing.computeIfAbsent(key, (one) -> CopyTask.of(message));
		}
	}

	/**
	 * Content of a campaign is reviewed once when its copy is not confirmed; messages of
	 * journeys use confirmed copy only.
	 */
	private Optional<ModelDraft> draft(String key, StoredCopies stored, List<GeneratedCopy> copies,
			DraftRequest request) {
		int size = copies.size();
		if (request.attempt() > size) {
			return Optional.empty();
		}
		int first = Math.floorMod(Fingerprint.of(key, request.seed()).bits(), size);
		for (int at = request.attempt() - 1; at < size; at++) {
			GeneratedCopy copy = copies.get((first + at) % size);
			Optional<WrittenDraft> written = this.writer.write(request, copy);
			if (written.isPresent()) {
				return written.map((draft) -> new ModelDraft(draft, stored.provider() + '/' + stored.model(),
						stored.prompt(), explanation(key, copy, stored)));
			}
		}
		return Optional.empty();
	}

	private static Map<String, Object> explanation(String key, GeneratedCopy copy, StoredCopies stored) {
		Map<String, Object> explanation = new LinkedHashMap<>();
		explanation.put("provider", stored.provider());
		explanation.put("name", stored.model());
		explanation.put("prompt", stored.prompt());
		explanation.put("copy", copy.id());
		explanation.put("cacheKey", key);
		explanation.put("calls", stored.calls().stream().map(String::valueOf).toList());
		explanation.put("unconfirmed", stored.unconfirmed().getOrDefault(copy.id(), List.of()));
		explanation.put("claims",
				copy.claims().stream().map((claim) -> Map.of("text", claim.text(), "fact", claim.fact())).toList());
		return explanation;
	}

	private Instant since() {
		return this.clock.instant().minus(this.settings.keep());
	}

	/** Copies with the same key are written from the same facts and the same prompt. */
	private String key(TenantId tenant, Message message, DraftRequest request) {
		boolean shared = message.target() instanceof MessageTarget.ForArchetype;
		PlanSection plan = PlanSection.of(message);
		BrandFacts brand = request.facts().brand();
		return Fingerprint
			.of("copy", shared, request.goal(), request.stage(), request.angle(),
					(plan != null) ? plan.plan().tone() : "", request.locale().toLanguageTag(),
					shared ? CopyFacts.shared(request) : CopyFacts.common(request), brand.voice(),
					new TreeMap<>(brand.address()), this.prompts.current(tenant, CopyPrompt.NAME).reference())
			.hex();
	}

}
