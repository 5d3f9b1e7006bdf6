package io.waypost.delivery.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The room's jsonb columns, and the compressed ones. */
@Component
public class DeliveryJson {

	private static final int BUFFER = 16 * 1024;

	private final ObjectMapper mapper;

	public DeliveryJson(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	public String write(Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JsonProcessingException unwritable) {
			throw new IllegalArgumentException("Not expressible as JSON: " + value.getClass().getName(), unwritable);
		}
	}

	public Map<String, Object> readMap(@Nullable String json) {
		return (json == null) ? Map.of() : read(json, new TypeReference<>() {
		});
	}

	/**
	 * What explains a send, of a row with {@link SendRowMapper#EXPLANATION_COLUMNS},
	 * later sections on top: those it shares with the words, its own, and those on its
	 * campaign's page. A send that has both was put off before there were pages.
	 */
	public Map<String, Object> readExplanation(ResultSet row) throws SQLException {
		Map<String, Object> explanation = new LinkedHashMap<>(readMap(row.getString("shared")));
		explanation.putAll(readMap(row.getString("explanation")));
		byte[] page = row.getBytes("page");
		if (page != null) {
			Map<String, Object> decided = decompress(page).get(row.getInt("explanation_index"));
			explanation.putAll((decided != null) ? decided : Map.of());
		}
		return explanation;
	}

	@Nullable public EmailDraft readDraft(@Nullable String json) {
		return (json == null) ? null : read(json, new TypeReference<>() {
		});
	}

	/** A list as compressed JSON; fast rather than tight. */
	public byte[] compress(List<?> values) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try (OutputStream out = new DeflaterOutputStream(bytes, deflater, BUFFER)) {
			this.mapper.writeValue(out, values);
		}
		catch (IOException unwritable) {
			throw new IllegalArgumentException("Not expressible as JSON: a list of " + values.size(), unwritable);
		}
		finally {
			deflater.end();
		}
		return bytes.toByteArray();
	}

	/** What {@link #deflate} was given. */
	public List<@Nullable Map<String, Object>> decompress(byte[] deflated) {
		try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
			return this.mapper.readValue(in, new TypeReference<>() {
			});
		}
		catch (JsonProcessingException unreadable) {
			unreadable.clearLocation();
			throw new IllegalStateException("A compressed column is not what was written", unreadable);
		}
		catch (IOException unreadable) {
			throw new IllegalStateException("A compressed column is not what was written", unreadable);
		}
	}

	private <T> T read(String json, TypeReference<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JsonProcessingException unreadable) {
			unreadable.clearLocation();
			throw new IllegalStateException("A jsonb column is not what was written", unreadable);
		}
	}

}
