package io.waypost.audience.freeze;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.type.TypeReference;
import io.waypost.audience.Audience;
import io.waypost.audience.AudienceId;
import io.waypost.audience.segment.MatchingProfilesSql;
import io.waypost.audience.segment.SegmentEvaluator;
import io.waypost.audience.segment.SegmentReferences;
import io.waypost.audience.segment.SegmentSqlCompiler;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to frozen audiences. */
@Component
public class AudienceRepository {

	private static final TypeReference<Map<String, Integer>> VERSIONS = new TypeReference<>() {
	};

	private static final String FREEZE = """
			with %s,
			limited as (select profile_id from matching limit :maxSize + 1),
			sized as (select count(*)::int as size from limited),
			header as (
				insert into audience.audience (tenant_id, id, segment, segment_version, definition, versions, as_of,
					size, frozen_by, frozen_at)
				select :tenant, :audience, :segment, :version, :definition, :versions::jsonb, :asOf, size, :actor, :frozenAt
				from sized where size between 1 and :maxSize),
			numbered as (
				insert into audience.member (tenant_id, audience_id, position, profile_id)
				select :tenant, :audience, row_number() over (order by least(hash_order, :sampleShare * size), profile_id),
					profile_id
				from (select profile_id, %s as hash_order
					from limited) ordered, sized where size <= :maxSize)
			select size from sized""";

	private static final String HASH_ORDER = "row_number() over (order by uuid_hash_extended(profile_id, :seed), profile_id) - 1";

	private final JdbcClient jdbc;

	private final SegmentEvaluator evaluator;

	private final JsonColumn json;

	public AudienceRepository(JdbcClient jdbc, SegmentEvaluator evaluator, JsonColumn json) {
		this.jdbc = jdbc;
		this.evaluator = evaluator;
		this.json = json;
	}

	/**
	 * Evaluates a segment and stores its members, with one statement: no profile can join
	 * or leave between counting and storing. Evaluation stops above the maximum size;
	 * then, and when no profile matches, nothing is stored. The first members are a
	 * random sample, by a hash with a seed of the audience. The others are in the order
	 * of their ids: data of neighbours is stored together, so reading a thousand of them
	 * touches fewer pages.
	 * @param sampleShare share of the members in the random sample, from 0 to 1
	 * @param maxSize maximum number of members
	 * @return number of matching profiles, one more than maxSize at most
	 */
	public int freeze(TenantId tenant, String actor, Audience audience, SegmentReferences references,
			double sampleShare, int maxSize) {
		SegmentSqlCompiler compiler = this.evaluator.compiler(tenant, audience.asOf(), references);
		String matching = MatchingProfilesSql.matching(compiler, references.condition(audience.segment()));
		Map<String, Object> parameters = new HashMap<>(compiler.parameters());
		parameters.put("audience", audience.id().value());
		parameters.put("seed", audience.id().value().getLeastSignificantBits());
		parameters.put("sampleShare", sampleShare);
		parameters.put("maxSize", maxSize);
		parameters.put("segment", audience.segment());
		parameters.put("version", audience.version());
		parameters.put("definition", audience.definition());
		parameters.put("versions", this.json.write(audience.versions()));
		parameters.put("actor", actor);
		parameters.put("frozenAt", SqlTime.of(audience.frozenAt()));
		this.evaluator.tunePlannerForSets();
		int size = this.jdbc.sql(FREEZE.formatted(matching, (sampleShare > 0) ? HASH_ORDER : "0"))
			.params(parameters)
			.query(Integer.class)
			.single();
		this.evaluator.resetPlanner();
		return size;
	}

	public Optional<Audience> find(TenantId tenant, AudienceId audience) {
		return this.jdbc.sql("""
				select id, segment, segment_version, definition, versions::text as versions, as_of, size, frozen_at
				from audience.audience where tenant_id = ? and id = ?
				""").params(tenant.value(), audience.value()).query(this::audience).optional();
	}

	/** Reads the members in a range of positions, both ends included. */
	public List<ProfileId> members(TenantId tenant, AudienceId audience, int from, int to) {
		return this.jdbc.sql("""
				select profile_id from audience.member
				where audience_id = ? and position between ? and ? and tenant_id = ?
				order by position
				""")
			.params(audience.value(), from, to, tenant.value())
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	private Audience audience(ResultSet row, int number) throws SQLException {
		return new Audience(new AudienceId(row.getObject("id", UUID.class)), row.getString("segment"),
				row.getInt("segment_version"), row.getString("definition"),
				this.json.read(row.getString("versions"), VERSIONS), SqlTime.read(row, "as_of"), row.getInt("size"),
				SqlTime.read(row, "frozen_at"));
	}

}
