package io.waypost.audience;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.InvalidRequest;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.segment.SegmentEvaluator;
import io.waypost.audience.segment.SegmentHints;
import io.waypost.audience.segment.SegmentReferences;
import io.waypost.audience.segment.SegmentRepository;
import io.waypost.audience.segment.SegmentValidator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The shared glossary: what words such as "engaged" mean, versioned, and whom they reach.
 */
@Component
public class Segments {

	private static final int SAMPLE = 10;

	private static final int TIMEOUT_SECONDS = 60;

	private final SegmentRepository rows;

	private final SegmentValidator definitions;

	private final SegmentEvaluator census;

	private final SegmentHints hints;

	private final Ledger ledger;

	private final Clock clock;

	Segments(SegmentRepository rows, SegmentValidator definitions, SegmentEvaluator census, SegmentHints hints,
			Ledger ledger, Clock clock) {
		this.rows = rows;
		this.definitions = definitions;
		this.census = census;
		this.hints = hints;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Finds a segment.
	 * @param tenant whose
	 * @param name canonical name
	 * @return the live version; while none was ever approved, the newest
	 */
	public Optional<Segment> find(TenantId tenant, String name) {
		return this.rows.find(tenant, List.of(name)).stream().findFirst();
	}

	/**
	 * Finds one version of a segment.
	 * @param tenant whose
	 * @param name canonical name
	 * @param version its number
	 * @return the version
	 */
	public Optional<Segment> find(TenantId tenant, String name, int version) {
		return versions(tenant, name).stream().filter((segment) -> segment.version() == version).findFirst();
	}

	/**
	 * Tells whom a definition reaches now, as it is being written. Nothing is kept.
	 * @param tenant whose people
	 * @param definition in the language of {@code docs/segments.md}
	 * @return counts and a sample
	 * @throws InvalidRequest naming the place that makes no sense and what was expected
	 */
	@Transactional(readOnly = true, timeout = TIMEOUT_SECONDS)
	public SegmentPreview preview(TenantId tenant, String definition) {
		SegmentValidator.ValidDefinition checked = this.definitions.validate(tenant, definition);
		Instant now = this.clock.instant();
		Map<String, Condition> singles = new LinkedHashMap<>();
		checked.condition().forEachLeaf((one) -> singles.put(SegmentLanguage.format(one), one));
		List<Condition> asked = new ArrayList<>(List.of(checked.condition(), new Condition.Everyone()));
		asked.addAll(singles.values());
		SegmentEvaluator.CountsAndSample counted = this.census.countAndSample(tenant, now, asked, checked.references(),
				SAMPLE);
		List<Long> counts = counted.counts();
		List<SegmentPreview.ConditionSize> parts = new ArrayList<>();
		singles.keySet()
			.forEach((text) -> parts.add(new SegmentPreview.ConditionSize(text, counts.get(parts.size() + 2))));
		return new SegmentPreview(checked.text(), counts.getFirst(), counts.get(1), counted.sample(), parts,
				this.hints.of(tenant, singles.values()), now);
	}

	/**
	 * Counts whom each of some definitions reaches now, all of them with one look at
	 * everybody.
	 * @param tenant whose people
	 * @param definitions in the language of {@code docs/segments.md}
	 * @return as many counts, in the same order
	 * @throws InvalidRequest naming the place that makes no sense and what was expected
	 */
	@Transactional(readOnly = true, timeout = TIMEOUT_SECONDS)
	public List<Long> count(TenantId tenant, List<String> definitions) {
		if (definitions.isEmpty()) {
			return List.of();
		}
		List<SegmentValidator.ValidDefinition> checked = definitions.stream()
			.map((definition) -> this.definitions.validate(tenant, definition))
			.toList();
		SegmentReferences glossary = SegmentReferences.of(this.rows, tenant,
				checked.stream()
					.flatMap((one) -> one.references().segments().stream())
					.map(Segment::name)
					.distinct()
					.toList());
		return this.census.count(tenant, this.clock.instant(),
				checked.stream().map(SegmentValidator.ValidDefinition::condition).toList(), glossary);
	}

	/**
	 * People who stand for a segment.
	 *
	 * @param size how many are in it
	 * @param people some of them, or all
	 */
	public record SegmentSample(long size, List<ProfileId> people) {

		public SegmentSample {
			people = List.copyOf(people);
		}

	}

	/**
	 * Draws people who stand for all that a definition reaches now; the same ones as long
	 * as nobody comes or goes.
	 * @param tenant whose people
	 * @param definition in the language of {@code docs/segments.md}
	 * @param most how many to draw
	 * @return how many there are, and those drawn: all of them if they are not more
	 * @throws InvalidRequest naming the place that makes no sense and what was expected
	 */
	@Transactional(readOnly = true, timeout = TIMEOUT_SECONDS)
	public SegmentSample sample(TenantId tenant, String definition, int most) {
		SegmentValidator.ValidDefinition checked = this.definitions.validate(tenant, definition);
		return this.census.sample(tenant, this.clock.instant(), checked.condition(), checked.references(), most);
	}

	/**
	 * Adds a version; {@link #approve} puts it in force.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param draft what it should be
	 * @return the version
	 * @throws InvalidRequest naming everything that makes no sense
	 */
	@Transactional
	public Segment add(TenantId tenant, String actor, SegmentDraft draft) {
		this.rows.lock(tenant);
		Instant now = this.clock.instant();
		SegmentValidator.ValidDefinition checked = this.definitions.validate(tenant, new Segment(draft.name(), 0,
				draft.description(), draft.owner(), draft.definition(), false, null, null, actor, now, null));
		Segment added = this.rows.add(tenant, actor,
				new SegmentDraft(draft.name(), draft.description(), draft.owner(), checked.text()), now);
		record(tenant, actor, "segment.defined", added, now);
		return added;
	}

	/**
	 * Puts a version in force, also an older one, in place of the one that was. A segment
	 * that was retired is not any more.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param name canonical name
	 * @param version which
	 * @return the version in force; empty when there is no such version
	 * @throws InvalidRequest when meanwhile it would refer to itself by way of others
	 */
	@Transactional
	public Optional<Segment> approve(TenantId tenant, String actor, String name, int version) {
		this.rows.lock(tenant);
		Optional<Segment> wanted = find(tenant, name, version);
		wanted.ifPresent((segment) -> {
			this.definitions.validate(tenant, segment);
			Instant now = this.clock.instant();
			this.rows.approve(tenant, actor, name, version, now);
			record(tenant, actor, "segment.approved", segment, now);
		});
		return wanted.isPresent() ? find(tenant, name) : Optional.empty();
	}

	/**
	 * Retires a segment: nothing new may use it. Campaigns that were launched go on, as
	 * do their later audiences. It stays in the glossary under its name.
	 * @param tenant whose
	 * @param actor who, as the ledger shows it
	 * @param name canonical name
	 * @return the version in force, else the newest; empty when there is no such segment
	 * @throws InvalidRequest a 409 as long as others in force refer to it
	 */
	@Transactional
	public Optional<Segment> retire(TenantId tenant, String actor, String name) {
		this.rows.lock(tenant);
		Optional<Segment> known = find(tenant, name);
		if (known.isPresent() && known.get().retiredAt() == null) {
			this.definitions.requireUnused(tenant, name);
			Instant now = this.clock.instant();
			this.rows.retire(tenant, actor, name, now);
			record(tenant, actor, "segment.retired", known.get(), now);
		}
		return find(tenant, name);
	}

	/**
	 * Lists versions by name, newest first within a name.
	 * @param tenant whose
	 * @param afterName name of the version before the first, empty for the beginning
	 * @param afterVersion its number
	 * @param limit how many at the most
	 * @return the versions
	 */
	public List<Segment> list(TenantId tenant, String afterName, int afterVersion, int limit) {
		return this.rows.list(tenant, afterName, afterVersion, limit);
	}

	/**
	 * The versions of one segment.
	 * @param tenant whose
	 * @param name canonical name
	 * @return newest first, empty when there is none
	 */
	public List<Segment> versions(TenantId tenant, String name) {
		return this.rows.versions(tenant, name);
	}

	private void record(TenantId tenant, String actor, String kind, Segment segment, Instant now) {
		this.ledger.record(List.of(new LedgerEntry(tenant, now, kind, "segment:" + segment.name(), actor,
				Map.of("version", segment.version(), "definition", segment.definition()))));
	}

}
