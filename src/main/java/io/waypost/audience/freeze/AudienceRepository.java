package io.waypost.audience.freeze;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.audience.Audience;
import io.waypost.audience.AudienceId;
import io.waypost.audience.segment.MatchingProfilesSql;
import io.waypost.audience.segment.SegmentEvaluator;
import io.waypost.audience.segment.SegmentReferences;
import io.waypost.audience.segment.SegmentSqlCompiler;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of audiences. */
@Component
public class AudienceRepository {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String FREEZE = """
			with %s,
			few as (select profile_id from hit limit :largest + 1),
			sized as (select count(*)::int as size from few),
			header as (
				insert into audience.audience (tenant_id, id, segment, segment_version, definition, versions, as_of,
					size, frozen_by, frozen_at)
				select :tenant, :audience, :segment, :version, :definition, :versions::jsonb, :asOf, size, :actor, :frozenAt
				from sized where size between 1 and :largest),
			numbered as (
				insert into audience.member (tenant_id, audience_id, position, profile_id)
				select :tenant, :audience, row_number() over (order by least(lot, :drawn * size), profile_id), profile_id
				from (select profile_id, %s as lot
					from few) drawn, sized where size <= :largest)
			select size from sized""";

	private static final String LOT = "row_number() over (order by uuid_hash_extended(profile_id, :seed), profile_id) - 1";

	private final JdbcClient jdbc;

	private final SegmentEvaluator census;

	public AudienceRepository(JdbcClient jdbc, SegmentEvaluator census) {
		this.jdbc = jdbc;
		this.census = census;
	}

	/**
	 * Asks and writes with one statement: between counting and writing nobody can come or
	 * go, and the question is asked once. It stops behind the largest size; then, and
	 * when nobody is there, nothing is written. The first are drawn by a hash that
	 * differs from audience to audience, so that they are like any others. All others are
	 * numbered in the order of their ids: what is kept of neighbours lies together, and
	 * reading a thousand of them touches fewer pages.
	 * @param drawn share of the people who are drawn, from 0 to 1
	 * @return how many people there are, at most one more than the largest size
	 */
	public int freeze(TenantId tenant, String actor, Audience audience, SegmentReferences glossary, double drawn,
			int largest) {
		SegmentSqlCompiler question = this.census.compiler(tenant, audience.asOf(), glossary);
		String hit = MatchingProfilesSql.matching(question, glossary.condition(audience.segment()));
		Map<String, Object> parameters = new HashMap<>(question.parameters());
		parameters.put("audience", audience.id().value());
		parameters.put("seed", audience.id().value().getLeastSignificantBits());
		parameters.put("drawn", drawn);
		parameters.put("largest", largest);
		parameters.put("segment", audience.segment());
		parameters.put("version", audience.version());
		parameters.put("definition", audience.definition());
		parameters.put("versions", text(audience.versions()));
		parameters.put("actor", actor);
		parameters.put("frozenAt", audience.frozenAt().atOffset(ZoneOffset.UTC));
		this.census.tunePlannerForSets();
		int size = this.jdbc.sql(FREEZE.formatted(hit, (drawn > 0) ? LOT : "0"))
			.params(parameters)
			.query(Integer.class)
			.single();
		this.census.resetPlanner();
		return size;
	}

	public Optional<Audience> find(TenantId tenant, AudienceId audience) {
		return this.jdbc.sql("""
				select id, segment, segment_version, definition, versions::text as versions, as_of, size, frozen_at
				from audience.audience where tenant_id = ? and id = ?
				""").params(tenant.value(), audience.value()).query(AudienceRepository::audience).optional();
	}

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

	private static Audience audience(ResultSet row, int number) throws SQLException {
		return new Audience(new AudienceId(row.getObject("id", UUID.class)), row.getString("segment"),
				row.getInt("segment_version"), row.getString("definition"), versions(row.getString("versions")),
				row.getTimestamp("as_of").toInstant(), row.getInt("size"), row.getTimestamp("frozen_at").toInstant());
	}

	private static String text(Map<String, Integer> versions) {
		try {
			return JSON.writeValueAsString(versions);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Names and numbers are always JSON", ex);
		}
	}

	private static Map<String, Integer> versions(String text) {
		try {
			return JSON.readValue(text, new TypeReference<>() {
			});
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("The versions of an audience are no JSON", ex);
		}
	}

}
