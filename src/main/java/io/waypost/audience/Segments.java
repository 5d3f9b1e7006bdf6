package io.waypost.audience;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.InvalidRequestException;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.segment.SegmentEvaluator;
import io.waypost.audience.segment.SegmentHints;
import io.waypost.audience.segment.SegmentReferences;
import io.waypost.audience.segment.SegmentRepository;
import io.waypost.audience.segment.SegmentValidator;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Manages segments: versions, approval, retirement and estimates of their reach. */
@Component
public class Segments {

	private static final int SAMPLE_SIZE = 10;

	private static final int TIMEOUT_SECONDS = 60;

	private final SegmentRepository repository;

	private final SegmentValidator validator;

	private final SegmentEvaluator evaluator;

	private final SegmentHints hints;

	private final AdvisoryLocks locks;

	private final Ledger ledger;

	private final Clock clock;

	Segments(SegmentRepository repository, SegmentValidator validator, SegmentEvaluator evaluator, SegmentHints hints,
			AdvisoryLocks locks, Ledger ledger, Clock clock) {
		this.repository = repository;
		this.validator = validator;
		this.evaluator = evaluator;
		this.hints = hints;
		this.locks = locks;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Finds a segment.
	 * @param tenant the tenant
	 * @param name name of the segment
	 * @return the live version, or the newest if none was ever approved
	 */
	public Optional<Segment> find(TenantId tenant, String name) {
		return this.repository.find(tenant, List.of(name)).stream().findFirst();
	}

	/**
	 * Finds one version of a segment.
	 * @param tenant the tenant
	 * @param name name of the segment
	 * @param version number of the version
	 * @return the version
	 */
	public Optional<Segment> find(TenantId tenant, String name, int version) {
		return versions(tenant, name).stream().filter((segment) -> segment.version() == version).findFirst();
	}

	/**
	 * Estimates the reach of a definition. Nothing is stored.
	 * @param tenant the tenant
	 * @param definition in the language of {@code docs/segments.md}
	 * @return counts and a sample
	 * @throws InvalidRequestException with the position of a syntax error and what was
	 * expected
	 */
	@Transactional(readOnly = true, timeout = TIMEOUT_SECONDS)
	public SegmentPreview preview(TenantId tenant, String definition) {
		SegmentValidator.ValidDefinition valid = this.validator.validate(tenant, definition);
		Instant now = this.clock.instant();
		Map<String, Condition> leaves = new LinkedHashMap<>();
		valid.condition().forEachLeaf((leaf) -> leaves.put(SegmentLanguage.format(leaf), leaf));
		List<Condition> conditions = new ArrayList<>(List.of(valid.condition(), new Condition.Everyone()));
		conditions.addAll(leaves.values());
		SegmentEvaluator.CountsAndSample result = this.evaluator.countAndSample(tenant, now, conditions,
				valid.references(), SAMPLE_SIZE);
		List<Long> counts = result.counts();
		List<SegmentPreview.ConditionSize> sizes = new ArrayList<>();
		leaves.keySet()
			.forEach((text) -> sizes.add(new SegmentPreview.ConditionSize(text, counts.get(sizes.size() + 2))));
		return new SegmentPreview(valid.text(), counts.getFirst(), counts.get(1), result.sample(), sizes,
				this.hints.of(tenant, leaves.values()), now);
	}

	/**
	 * Counts the profiles that match each definition, in one pass.
	 * @param tenant the tenant
	 * @param definitions in the language of {@code docs/segments.md}
	 * @return one count per definition, in the same order
	 * @throws InvalidRequestException with the position of a syntax error and what was
	 * expected
	 */
	@Transactional(readOnly = true, timeout = TIMEOUT_SECONDS)
	public List<Long> count(TenantId tenant, List<String> definitions) {
		if (definitions.isEmpty()) {
			return List.of();
		}
		List<SegmentValidator.ValidDefinition> valid = definitions.stream()
			.map((definition) -> this.validator.validate(tenant, definition))
			.toList();
		SegmentReferences references = SegmentReferences.of(this.repository, tenant,
				valid.stream()
					.flatMap((one) -> one.references().segments().stream())
					.map(Segment::name)
					.distinct()
					.toList());
		return this.evaluator.count(tenant, this.clock.instant(),
				valid.stream().map(SegmentValidator.ValidDefinition::condition).toList(), references);
	}

	/**
	 * Random sample of a segment.
	 *
	 * @param size number of matching profiles
	 * @param people the sampled profiles
	 */
	public record SegmentSample(long size, List<ProfileId> people) {

		public SegmentSample {
			people = List.copyOf(people);
		}

	}

	/**
	 * Returns a random sample of the profiles that match a definition. The sample stays
	 * the same while the members do.
	 * @param tenant the tenant
	 * @param definition in the language of {@code docs/segments.md}
	 * @param limit maximum size of the sample
	 * @return number of matching profiles and the sample
	 * @throws InvalidRequestException with the position of a syntax error and what was
	 * expected
	 */
	@Transactional(readOnly = true, timeout = TIMEOUT_SECONDS)
	public SegmentSample sample(TenantId tenant, String definition, int limit) {
		SegmentValidator.ValidDefinition valid = this.validator.validate(tenant, definition);
		return this.evaluator.sample(tenant, this.clock.instant(), valid.condition(), valid.references(), limit);
	}

	/**
	 * Adds a version. It has no effect until {@link #approve} makes it live.
	 * @param tenant the tenant
	 * @param actor author, as shown in the ledger
	 * @param draft content of the version
	 * @return the version
	 * @throws InvalidRequestException with what is invalid
	 */
	@Transactional
	public Segment add(TenantId tenant, String actor, SegmentDraft draft) {
		lock(tenant);
		Instant now = this.clock.instant();
		SegmentValidator.ValidDefinition valid = this.validator.validate(tenant, new Segment(draft.name(), 0,
				draft.description(), draft.owner(), draft.definition(), false, null, null, actor, now, null));
		Segment added = this.repository.add(tenant, actor,
				new SegmentDraft(draft.name(), draft.description(), draft.owner(), valid.text()), now);
		record(tenant, actor, "segment.defined", added, now);
		return added;
	}

	/**
	 * Makes a version live, which can be an older one, in place of the current one. This
	 * also ends the segment's retirement. The approval of a version that is live already
	 * does not change, and nothing is recorded.
	 * @param tenant the tenant
	 * @param actor approver, as shown in the ledger
	 * @param name name of the segment
	 * @param version number of the version
	 * @return the live version; empty if the version does not exist
	 * @throws InvalidRequestException if the version would refer to itself through other
	 * segments
	 */
	@Transactional
	public Optional<Segment> approve(TenantId tenant, String actor, String name, int version) {
		lock(tenant);
		Optional<Segment> requested = find(tenant, name, version);
		if (requested.isEmpty() || requested.get().usable()) {
			return requested;
		}
		this.validator.validate(tenant, requested.get());
		Instant now = this.clock.instant();
		this.repository.approve(tenant, actor, name, version, now);
		record(tenant, actor, "segment.approved", requested.get(), now);
		return find(tenant, name);
	}

	/**
	 * Retires a segment: new campaigns and segments cannot use it. Launched campaigns
	 * continue and can still freeze it. The name and the versions are kept.
	 * @param tenant the tenant
	 * @param actor who retires it, as shown in the ledger
	 * @param name name of the segment
	 * @return the live version, or the newest if none is live; empty if the segment does
	 * not exist
	 * @throws InvalidRequestException a 409 while live segments refer to it
	 */
	@Transactional
	public Optional<Segment> retire(TenantId tenant, String actor, String name) {
		lock(tenant);
		Optional<Segment> segment = find(tenant, name);
		if (segment.isPresent() && segment.get().retiredAt() == null) {
			this.validator.requireUnused(tenant, name);
			Instant now = this.clock.instant();
			this.repository.retire(tenant, actor, name, now);
			record(tenant, actor, "segment.retired", segment.get(), now);
		}
		return find(tenant, name);
	}

	/**
	 * Lists versions by name, newest first within a name.
	 * @param tenant the tenant
	 * @param afterName name of the version before the first, empty for the first page
	 * @param afterVersion number of that version
	 * @param limit maximum number of versions
	 * @return the versions
	 */
	public List<Segment> list(TenantId tenant, String afterName, int afterVersion, int limit) {
		return this.repository.list(tenant, afterName, afterVersion, limit);
	}

	/**
	 * Lists the versions of a segment.
	 * @param tenant the tenant
	 * @param name name of the segment
	 * @return newest first, empty if the segment does not exist
	 */
	public List<Segment> versions(TenantId tenant, String name) {
		return this.repository.versions(tenant, name);
	}

	/** References between segments are checked, so one change per tenant at a time. */
	private void lock(TenantId tenant) {
		this.locks.lock(AdvisoryLock.SEGMENT_VERSION, tenant.value());
	}

	private void record(TenantId tenant, String actor, String kind, Segment segment, Instant now) {
		this.ledger.record(List.of(new LedgerEntry(tenant, now, kind, "segment:" + segment.name(), actor,
				Map.of("version", segment.version(), "definition", segment.definition()))));
	}

}
