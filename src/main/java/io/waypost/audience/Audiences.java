package io.waypost.audience;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.waypost.audience.freeze.AudienceFreezer;
import io.waypost.audience.freeze.AudienceRepository;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Frozen audiences: the members of a segment at one moment, numbered. */
@Component
public class Audiences {

	private final AudienceFreezer freezer;

	private final AudienceRepository repository;

	Audiences(AudienceFreezer freezer, AudienceRepository repository) {
		this.freezer = freezer;
		this.repository = repository;
	}

	/**
	 * Freezes the members of a segment, in the caller's transaction or a new one. Either
	 * all members are stored or none.
	 * @param tenant the tenant
	 * @param actor who needs the audience, as shown in the ledger
	 * @param segment name of the segment; its live version is evaluated
	 * @param asOf time from which windows and ages are counted back; attributes and
	 * consents are the current ones
	 * @param sampleShare share of the members that come first as a random sample, from 0
	 * to 1; the others follow in the order of their ids
	 * @return the audience, or why it was refused
	 */
	@Transactional
	public FreezeResult freeze(TenantId tenant, String actor, String segment, Instant asOf, double sampleShare) {
		return this.freezer.freeze(tenant, actor, segment, asOf, sampleShare);
	}

	/**
	 * Finds an audience.
	 * @param tenant the tenant
	 * @param audience id of the audience
	 * @return the audience without its members
	 */
	public Optional<Audience> find(TenantId tenant, AudienceId audience) {
		return this.repository.find(tenant, audience);
	}

	/**
	 * Reads a range of members. Erased profiles are missing. Of profiles that were merged
	 * later, one position returns the survivor and the others are missing. So a range can
	 * return fewer members than positions, and no person is in two ranges.
	 * @param tenant the tenant
	 * @param audience id of the audience
	 * @param from first position, from 1
	 * @param to last position, inclusive
	 * @return in the order of their positions
	 */
	public List<ProfileId> members(TenantId tenant, AudienceId audience, int from, int to) {
		return this.repository.members(tenant, audience, from, to);
	}

}
