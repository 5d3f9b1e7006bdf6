package io.waypost.audience.freeze;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.audience.Audience;
import io.waypost.audience.AudienceId;
import io.waypost.audience.AudienceSettings;
import io.waypost.audience.FreezeResult;
import io.waypost.audience.FreezeResult.AudienceFrozen;
import io.waypost.audience.FreezeResult.FreezeRefusal;
import io.waypost.audience.FreezeResult.FreezeRefused;
import io.waypost.audience.Segment;
import io.waypost.audience.segment.SegmentReferences;
import io.waypost.audience.segment.SegmentRepository;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;

/** Freezes audiences and records them in the ledger. */
@Component
public class AudienceFreezer {

	private final SegmentRepository segmentRepository;

	private final AudienceRepository repository;

	private final AudienceSettings settings;

	private final IdGenerator ids;

	private final Ledger ledger;

	private final MeterRegistry meters;

	private final Clock clock;

	public AudienceFreezer(SegmentRepository segmentRepository, AudienceRepository repository,
			AudienceSettings settings, IdGenerator ids, Ledger ledger, MeterRegistry meters, Clock clock) {
		this.segmentRepository = segmentRepository;
		this.repository = repository;
		this.settings = settings;
		this.ids = ids;
		this.ledger = ledger;
		this.meters = meters;
		this.clock = clock;
	}

	/** Freezes a segment in the caller's transaction. */
	public FreezeResult freeze(TenantId tenant, String actor, String segment, Instant asOf, double sampleShare) {
		FreezeResult result = tryFreeze(tenant, actor, segment, asOf, sampleShare);
		String outcome = switch (result) {
			case AudienceFrozen frozen -> "frozen";
			case FreezeRefused refused -> "refused";
		};
		this.meters.counter("waypost.audience.audience.freeze", "outcome", outcome).increment();
		return result;
	}

	private FreezeResult tryFreeze(TenantId tenant, String actor, String name, Instant asOf, double sampleShare) {
		SegmentReferences references = SegmentReferences.of(this.segmentRepository, tenant, List.of(name));
		Segment segment = references.segments()
			.stream()
			.filter((one) -> one.name().equals(name))
			.findFirst()
			.orElse(null);
		if (segment == null) {
			return new FreezeRefused(FreezeRefusal.UNKNOWN_SEGMENT,
					"Segment '%s' does not exist; GET /api/v1/segments lists all segments".formatted(name));
		}
		List<String> drafts = references.segments().stream().filter((one) -> !one.live()).map(Segment::name).toList();
		if (!drafts.isEmpty()) {
			return new FreezeRefused(FreezeRefusal.NOT_APPROVED,
					"Segment '%s' has no approved version; POST /api/v1/segments/%s/versions/{version}/approve"
						.formatted(drafts.getFirst(), drafts.getFirst()));
		}
		Audience empty = new Audience(new AudienceId(this.ids.next()), name, segment.version(), segment.definition(),
				versions(references), asOf, 0, this.clock.instant());
		int size = this.repository.freeze(tenant, actor, empty, references, sampleShare, this.settings.maxSize());
		return result(tenant, actor, empty, size);
	}

	private FreezeResult result(TenantId tenant, String actor, Audience empty, int size) {
		if (size == 0) {
			return new FreezeRefused(FreezeRefusal.EMPTY,
					"Segment '%s' has no members now; POST /api/v1/segments/preview shows which condition matches no profile"
						.formatted(empty.segment()));
		}
		if (size > this.settings.maxSize()) {
			return new FreezeRefused(FreezeRefusal.TOO_LARGE,
					"Segment '%s' has more than %d members; narrow it, or raise waypost.audience.max-size"
						.formatted(empty.segment(), this.settings.maxSize()));
		}
		this.ledger
			.record(List.of(new LedgerEntry(tenant, empty.frozenAt(), "audience.frozen", "audience:" + empty.id(),
					actor, Map.of("segment", empty.segment(), "version", empty.version(), "size", size))));
		return new AudienceFrozen(new Audience(empty.id(), empty.segment(), empty.version(), empty.definition(),
				empty.versions(), empty.asOf(), size, empty.frozenAt()));
	}

	private static Map<String, Integer> versions(SegmentReferences references) {
		return new TreeMap<>(references.segments().stream().collect(Collectors.toMap(Segment::name, Segment::version)));
	}

}
