package io.waypost.feature;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A versioned group of features of one entity. A new version comes only with another
 * schema or another formula.
 *
 * @param name for example {@code purchase}
 * @param version from 1
 * @param entity what the features are of: {@code profile}
 * @param description what the view is about
 * @param fields its features
 * @param source what it is computed from
 * @param owner who answers for it
 * @param ttl how old the newest event may be before values count as unknown, null for no
 * limit
 */
public record FeatureView(String name, int version, String entity, String description, List<FeatureField> fields,
		String source, String owner, @Nullable Duration ttl) {

	public FeatureView {
		fields = List.copyOf(fields);
	}

	/**
	 * One feature.
	 *
	 * @param name within the view, for example {@code order_count}
	 * @param type {@code number}, {@code text}, {@code time}, {@code list} or {@code map}
	 * @param description meaning, unit and formula
	 */
	public record FeatureField(String name, String type, String description) {

	}

	/**
	 * How decisions refer to the view.
	 * @return name and version, for example {@code purchase@v1}
	 */
	public String reference() {
		return this.name + "@v" + this.version;
	}

}
