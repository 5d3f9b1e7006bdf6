package io.waypost.audience;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.audience.FreezeResult.AudienceFrozen;
import io.waypost.audience.FreezeResult.FreezeRefusal;
import io.waypost.audience.FreezeResult.FreezeRefused;
import io.waypost.audience.freeze.AudienceRepository;
import io.waypost.audience.segment.SegmentReferences;
import io.waypost.audience.segment.SegmentRepository;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Frozen answers: who was in a segment at one moment, numbered. */
@Component
public class Audiences {

	private final SegmentRepository segments;

	private final AudienceRepository rows;

	private final AudienceSettings settings;

	private final IdGenerator ids;

	private final Ledger ledger;

	private final MeterRegistry meters;

	private final Clock clock;

	Audiences(SegmentRepository segments, AudienceRepository rows, AudienceSettings settings, IdGenerator ids,
			Ledger ledger, MeterRegistry meters, Clock clock) {
		this.segments = segments;
		this.rows = rows;
		this.settings = settings;
		this.ids = ids;
		this.ledger = ledger;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Freezes whom a segment reaches, in the caller's transaction or one of its own: all
	 * of them, or nothing.
	 * @param tenant whose people
	 * @param actor who wants it, as the ledger shows it
	 * @param segment canonical name; its live version is asked
	 * @param asOf the moment that windows and ages are counted back from; facts and
	 * consents are those of now
	 * @param drawn share of the people who come first and stand for all, drawn at random,
	 * from 0 to 1; the others follow in the order of their ids
	 * @return the audience, or why there is none
	 */
	@Transactional
	public FreezeResult freeze(TenantId tenant, String actor, String segment, Instant asOf, double drawn) {
		FreezeResult freezing = attempt(tenant, actor, segment, asOf, drawn);
		String outcome = switch (freezing) {
			case AudienceFrozen frozen -> "frozen";
			case FreezeRefused refused -> "refused";
		};
		this.meters.counter("waypost.audience.audience.freeze", "outcome", outcome).increment();
		return freezing;
	}

	/**
	 * Finds an audience.
	 * @param tenant whose
	 * @param audience its id
	 * @return it, without its people
	 */
	public Optional<Audience> find(TenantId tenant, AudienceId audience) {
		return this.rows.find(tenant, audience);
	}

	/**
	 * Reads a range of the people. Erased people are missing; of people who turned out to
	 * be one since, one number answers with the survivor and the others are missing: a
	 * range may hold fewer people than numbers, and no person is in two ranges.
	 * @param tenant whose
	 * @param audience which
	 * @param from first number, from 1
	 * @param to last number, included
	 * @return in the order of their numbers
	 */
	public List<ProfileId> members(TenantId tenant, AudienceId audience, int from, int to) {
		return this.rows.members(tenant, audience, from, to);
	}

	private FreezeResult attempt(TenantId tenant, String actor, String name, Instant asOf, double drawn) {
		SegmentReferences glossary = SegmentReferences.of(this.segments, tenant, List.of(name));
		Segment segment = glossary.segments()
			.stream()
			.filter((one) -> one.name().equals(name))
			.findFirst()
			.orElse(null);
		if (segment == null) {
			return new FreezeRefused(FreezeRefusal.UNKNOWN_SEGMENT,
					"There is no segment '%s'; GET /api/v1/segments lists them".formatted(name));
		}
		List<String> drafts = glossary.segments().stream().filter((one) -> !one.live()).map(Segment::name).toList();
		if (!drafts.isEmpty()) {
			return new FreezeRefused(FreezeRefusal.NOT_APPROVED,
					"Segment '%s' has no approved version; POST /api/v1/segments/%s/versions/{version}/approve"
						.formatted(drafts.getFirst(), drafts.getFirst()));
		}
		Audience wanted = new Audience(new AudienceId(this.ids.next()), name, segment.version(), segment.definition(),
				versions(glossary), asOf, 0, this.clock.instant());
		int size = this.rows.freeze(tenant, actor, wanted, glossary, drawn, this.settings.maxSize());
		return outcome(tenant, actor, wanted, size);
	}

	private FreezeResult outcome(TenantId tenant, String actor, Audience wanted, int size) {
		if (size == 0) {
			return new FreezeRefused(FreezeRefusal.EMPTY,
					"Nobody is in segment '%s' now; POST /api/v1/segments/preview shows which condition nobody fulfils"
						.formatted(wanted.segment()));
		}
		if (size > this.settings.maxSize()) {
			return new FreezeRefused(FreezeRefusal.TOO_LARGE,
					"More than %d people are in segment '%s'; narrow it, or raise waypost.audience.max-size"
						.formatted(this.settings.maxSize(), wanted.segment()));
		}
		this.ledger
			.record(List.of(new LedgerEntry(tenant, wanted.frozenAt(), "audience.frozen", "audience:" + wanted.id(),
					actor, Map.of("segment", wanted.segment(), "version", wanted.version(), "size", size))));
		return new AudienceFrozen(new Audience(wanted.id(), wanted.segment(), wanted.version(), wanted.definition(),
				wanted.versions(), wanted.asOf(), size, wanted.frozenAt()));
	}

	private static Map<String, Integer> versions(SegmentReferences glossary) {
		return new TreeMap<>(glossary.segments().stream().collect(Collectors.toMap(Segment::name, Segment::version)));
	}

}
