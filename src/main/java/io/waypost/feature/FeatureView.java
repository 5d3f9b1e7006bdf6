package io.waypost.feature;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A versioned group of features of one entity. A change of the schema or of a formula
 * needs a new version.
 *
 * @param name for example {@code purchase}
 * @param version from 1
 * @param entity the entity: {@code profile}
 * @param description what the view contains
 * @param fields the features
 * @param source events or views it is computed from
 * @param owner person or team responsible
 * @param ttl maximum age of the newest event; older values are unknown. Null for no limit
 */
public record FeatureView(String name, int version, String entity, String description, List<FeatureField> fields,
		String source, String owner, @Nullable Duration ttl) {

	public FeatureView {
		fields = List.copyOf(fields);
	}

	/**
	 * A feature of a view.
	 *
	 * @param name within the view, for example {@code order_count}
	 * @param type {@code number}, {@code text}, {@code time}, {@code list} or {@code map}
	 * @param description meaning, unit and formula
	 */
	public record FeatureField(String name, String type, String description) {

	}

	/**
	 * Returns the reference of the view in decisions.
	 * @return name and version, for example {@code purchase@v1}
	 */
	public String reference() {
		return this.name + "@v" + this.version;
	}

}
