package io.waypost.delivery.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.type.TypeReference;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlTime;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/** Maps rows of {@code delivery.send}. */
public final class SendRowMapper {

	/** The columns that {@link #send} reads, of the table with alias {@code s}. */
	public static final String COLUMNS = "s.id, s.profile_id, s.run_id, s.journey, s.step, s.template, s.topic, s.status, "
			+ "s.reason, s.variant, s.deferred_until, s.created_at, s.accepted_at";

	/** Joins the content that a send shares with others. */
	public static final String JOIN_CONTENT = " left join delivery.shared_content c on c.tenant_id = s.tenant_id and c.id = s.content_id";

	/** Draft and links: those of the send itself, otherwise the shared ones. */
	public static final String CONTENT_COLUMNS = "coalesce(s.draft, c.draft) as draft, "
			+ "case when s.draft is null then coalesce(c.links, s.links) else s.links end as links";

	/** Joins the explanation page of a campaign send. */
	public static final String JOIN_EXPLANATION_PAGE = " left join delivery.explanation_page p on p.tenant_id = s.tenant_id and p.id = s.explanation_page_id";

	/**
	 * The columns that {@link #explanation} reads, and the trigger. Needs
	 * {@link #JOIN_CONTENT} and {@link #JOIN_EXPLANATION_PAGE}.
	 */
	public static final String EXPLANATION_COLUMNS = "c.explanation as shared, p.explanations as page, s.explanation_index, s.explanation, "
			+ "coalesce(p.trigger, '{}') || s.trigger as trigger";

	/** Type of the content of {@code delivery.explanation_page.explanations}. */
	public static final TypeReference<List<@Nullable Map<String, Object>>> EXPLANATION_PAGE = new TypeReference<>() {
	};

	private SendRowMapper() {
	}

	public static Send send(ResultSet row) throws SQLException {
		return new Send(new SendId(uuid(row, "id")), new ProfileId(uuid(row, "profile_id")),
				new JourneyRunId(uuid(row, "run_id")), row.getString("journey"), row.getString("step"),
				row.getString("template"), row.getString("topic"), SendStatus.of(row.getString("status")),
				row.getString("reason"), row.getString("variant"), SqlTime.readNullable(row, "deferred_until"),
				SqlTime.read(row, "created_at"), SqlTime.readNullable(row, "accepted_at"));
	}

	/**
	 * Reads the explanation of a send from a row with {@link #EXPLANATION_COLUMNS}. Later
	 * sections take precedence: those of the shared content, of the send, and of its
	 * explanation page.
	 * @param row the row
	 * @param json reads the columns
	 * @return the sections by name
	 */
	public static Map<String, Object> explanation(ResultSet row, JsonColumn json) throws SQLException {
		Map<String, Object> explanation = new LinkedHashMap<>(json.readMap(row.getString("shared")));
		explanation.putAll(json.readMap(row.getString("explanation")));
		byte[] page = row.getBytes("page");
		if (page != null) {
			Map<String, Object> sections = json.inflate(page, EXPLANATION_PAGE).get(row.getInt("explanation_index"));
			explanation.putAll((sections != null) ? sections : Map.of());
		}
		return explanation;
	}

	public static UUID uuid(ResultSet row, String column) throws SQLException {
		return row.getObject(column, UUID.class);
	}

	public static List<String> texts(ResultSet row, String column) throws SQLException {
		return List.of((String[]) row.getArray(column).getArray());
	}

	public static List<UUID> uuids(ResultSet row, String column) throws SQLException {
		return List.of((UUID[]) row.getArray(column).getArray());
	}

}
