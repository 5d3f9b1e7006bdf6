package io.waypost.database;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads and writes objects in {@code jsonb} columns, and compressed ones in {@code bytea}
 * columns.
 */
@Component
public class JsonColumn {

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private static final int BUFFER = 16 * 1024;

	private final ObjectMapper mapper;

	public JsonColumn(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Writes an object as JSON.
	 * @throws IllegalArgumentException when its type cannot be written
	 */
	public String write(Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw unwritable(value, ex);
		}
	}

	/** Writes an optional object; null stays null. */
	public @Nullable String writeNullable(@Nullable Object value) {
		return (value != null) ? write(value) : null;
	}

	/**
	 * Reads what {@link #write} wrote.
	 * @throws IllegalStateException when the column holds something else
	 */
	public <T> T read(String json, Class<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw unreadable(ex);
		}
	}

	/** Reads an optional column; null stays null. */
	public <T> @Nullable T readNullable(@Nullable String json, Class<T> type) {
		return (json != null) ? read(json, type) : null;
	}

	/**
	 * Reads a column of a generic type.
	 * @throws IllegalStateException when the column holds something else
	 */
	public <T> T read(String json, TypeReference<T> type) {
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JsonProcessingException ex) {
			throw unreadable(ex);
		}
	}

	/** Reads a JSON object as a map; null becomes the empty map. */
	public Map<String, Object> readMap(@Nullable String json) {
		return (json != null) ? read(json, OBJECT) : Map.of();
	}

	/**
	 * Writes an object as compressed JSON (zlib, fastest level).
	 * @throws IllegalArgumentException when its type cannot be written
	 */
	public byte[] deflate(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try (OutputStream out = new DeflaterOutputStream(bytes, deflater, BUFFER)) {
			this.mapper.writeValue(out, value);
		}
		catch (IOException ex) {
			throw unwritable(value, ex);
		}
		finally {
			deflater.end();
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads what {@link #deflate} wrote.
	 * @throws IllegalStateException when the bytes hold something else
	 */
	public <T> T inflate(byte[] deflated, TypeReference<T> type) {
		try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
			return this.mapper.readValue(in, type);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	private static IllegalArgumentException unwritable(Object value, IOException cause) {
		return new IllegalArgumentException("Cannot be written as JSON: " + value.getClass().getName(), cause);
	}

	private static IllegalStateException unreadable(IOException cause) {
		if (cause instanceof JsonProcessingException json) {
			// The location quotes the column, which may hold personal data
			json.clearLocation();
		}
		return new IllegalStateException("A JSON column does not hold what was written", cause);
	}

}
