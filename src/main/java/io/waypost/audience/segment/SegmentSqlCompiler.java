package io.waypost.audience.segment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.waypost.audience.language.ComparisonOperator;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.LookbackWindow;
import io.waypost.audience.language.OccurrenceCount;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.audience.projection.ActivityTypeRepository;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions to SQL. Attributes are compared in the row of the profile. Each
 * activity condition becomes a set of profiles that is joined from the left: a profile is
 * in the set or not, so conditions combine by and, or and not, and the planner converts
 * the joins to inner and anti joins where possible. All values are bound parameters.
 */
public final class SegmentSqlCompiler {

	private static final Map<SegmentAttribute, String> COLUMNS = Map.ofEntries(
			Map.entry(SegmentAttribute.COUNTRY, "country"), Map.entry(SegmentAttribute.LANGUAGE, "language"),
			Map.entry(SegmentAttribute.LOCALE, "locale"), Map.entry(SegmentAttribute.TIME_ZONE, "time_zone"),
			Map.entry(SegmentAttribute.DEVICE, "device"), Map.entry(SegmentAttribute.STAGE, "stage"),
			Map.entry(SegmentAttribute.TOP_CATEGORY, "top_category"),
			Map.entry(SegmentAttribute.SCORE, "engagement_score"), Map.entry(SegmentAttribute.ORDERS, "order_count"),
			Map.entry(SegmentAttribute.SPENT, "money_spent"),
			Map.entry(SegmentAttribute.AVERAGE_ORDER, "average_order"),
			Map.entry(SegmentAttribute.SINCE_ORDER, "last_order_at"),
			Map.entry(SegmentAttribute.SINCE_FIRST_ORDER, "first_order_at"),
			Map.entry(SegmentAttribute.SINCE_OPEN, "last_open_at"),
			Map.entry(SegmentAttribute.SINCE_CLICK, "last_click_at"),
			Map.entry(SegmentAttribute.SINCE_SEEN, "first_seen_at"));

	/** Amounts of activities are stored in ten-thousandths. */
	private static final int AMOUNT_SCALE = 4;

	private final TenantId tenant;

	private final Instant asOf;

	private final Function<String, Condition> segments;

	private final ActivityTypeRepository activityTypes;

	/** Name of the common table expression that supplies the profiles, null for all. */
	private final @Nullable String source;

	private final Map<String, Object> parameters;

	private final Map<ActivitySet, String> sets = new LinkedHashMap<>();

	private final StringBuilder joins = new StringBuilder();

	/**
	 * Creates a compiler for one statement.
	 * @param tenant the tenant
	 * @param asOf time from which windows and ages are counted back
	 * @param segments conditions of referenced segments, without cycles
	 * @param activityTypes ids of activity types; bound as values, they let the planner
	 * estimate the number of activities
	 */
	public SegmentSqlCompiler(TenantId tenant, Instant asOf, Function<String, Condition> segments,
			ActivityTypeRepository activityTypes) {
		this(tenant, asOf, segments, activityTypes, null, new HashMap<>());
		this.parameters.put("tenant", tenant.value());
		this.parameters.put("asOf", SqlTime.of(asOf));
	}

	private SegmentSqlCompiler(TenantId tenant, Instant asOf, Function<String, Condition> segments,
			ActivityTypeRepository activityTypes, @Nullable String source, Map<String, Object> parameters) {
		this.tenant = tenant;
		this.activityTypes = activityTypes;
		this.asOf = asOf;
		this.segments = segments;
		this.source = source;
		this.parameters = parameters;
	}

	/** Profiles with at least, or exactly, a number of activities. */
	private record ActivitySet(String event, @Nullable String category, boolean exactly, int times,
			@Nullable Object minAmount, @Nullable LookbackWindow window) {

	}

	/**
	 * Compiles a condition; its sets become joins of {@link #from()}.
	 * @return an expression that is true or false for each profile, never null
	 */
	public String where(Condition condition) {
		return switch (condition) {
			case Condition.Everyone everyone -> "true";
			case Condition.All(List<Condition> parts) -> join(" and ", parts);
			case Condition.Any(List<Condition> parts) -> join(" or ", parts);
			case Condition.Not(Condition part) -> "not " + where(part);
			case Condition.InSegment(String name) -> "(" + where(this.segments.apply(name)) + ")";
			case Condition.ConsentAnswer(String topic, boolean granted) ->
				"%s = any (profile.%s)".formatted(bind(topic), granted ? "granted" : "refused");
			case Condition.HasValue(SegmentAttribute attribute) -> (attribute == SegmentAttribute.EMAIL)
					? "profile.has_address" : "(%s is not null)".formatted(column(attribute));
			case Condition.OneOf(SegmentAttribute attribute, List<String> values) ->
				"(%s = any (%s)) is true".formatted(column(attribute), bind(SqlArray.texts(values)));
			case Condition.Compared compared -> compared(compared);
			case Condition.Between between -> join(" and ",
					List.of(new Condition.Compared(between.attribute(), ComparisonOperator.AT_LEAST, between.low()),
							new Condition.Compared(between.attribute(), ComparisonOperator.AT_MOST, between.high())));
			case Condition.Performed performed -> performed(performed);
		};
	}

	/**
	 * Splits a condition into parts that must all hold, also within referenced segments.
	 * @param condition the condition
	 * @return at least one condition; together they are equivalent
	 */
	List<Condition> conjuncts(Condition condition) {
		return switch (condition) {
			case Condition.All(List<Condition> parts) ->
				parts.stream().flatMap((part) -> conjuncts(part).stream()).toList();
			case Condition.InSegment(String name) -> conjuncts(this.segments.apply(name));
			default -> List.of(condition);
		};
	}

	/**
	 * Creates a compiler of the same statement for the profiles of an earlier common
	 * table expression. Only activities can be evaluated on them.
	 * @param source its name; it has a column {@code profile_id}
	 * @return a compiler that shares the parameters
	 */
	SegmentSqlCompiler within(String source) {
		return new SegmentSqlCompiler(this.tenant, this.asOf, this.segments, this.activityTypes, source,
				this.parameters);
	}

	/**
	 * Returns the profiles and the sets that the compiled conditions need.
	 * @return what follows {@code from}; call it after all conditions are compiled
	 */
	public String from() {
		return Objects.requireNonNullElse(this.source, "audience.profile_attributes") + " profile" + this.joins;
	}

	/**
	 * Returns the values of all compiled conditions.
	 * @return by name, including {@code tenant}
	 */
	public Map<String, Object> parameters() {
		return this.parameters;
	}

	private String join(String operator, List<Condition> parts) {
		return parts.stream().map(this::where).collect(Collectors.joining(operator, "(", ")"));
	}

	private String compared(Condition.Compared compared) {
		String column = column(compared.attribute());
		if (compared.attribute().type() == SegmentAttribute.AttributeType.DAYS) {
			return "(%s) is true".formatted(days(column, compared.comparison(), compared.number().intValueExact()));
		}
		return "(%s %s %s) is true".formatted(column, compared.comparison().symbol(), bind(compared.number()));
	}

	/** Translates a number of whole days since a time to bounds of that time. */
	private String days(String column, ComparisonOperator comparison, int days) {
		return switch (comparison) {
			case AT_LEAST -> column + " <= " + daysAgo(days);
			case MORE_THAN -> column + " <= " + daysAgo(days + 1);
			case AT_MOST -> column + " > " + daysAgo(days + 1);
			case LESS_THAN -> column + " > " + daysAgo(days);
			case EQUAL -> column + " <= " + daysAgo(days) + " and " + column + " > " + daysAgo(days + 1);
		};
	}

	private String daysAgo(int days) {
		return bind(SqlTime.of(this.asOf.minusSeconds(days * 86_400L)));
	}

	private String performed(Condition.Performed performed) {
		OccurrenceCount count = performed.count();
		return switch (count.bound()) {
			case AT_LEAST -> set(performed, false, count.number()) + ".profile_id is not null";
			case AT_MOST -> set(performed, false, count.number() + 1) + ".profile_id is null";
			case EXACTLY -> (count.number() == 0) ? set(performed, false, 1) + ".profile_id is null"
					: set(performed, true, count.number()) + ".profile_id is not null";
		};
	}

	private String set(Condition.Performed performed, boolean exactly, int times) {
		BigDecimal minAmount = performed.minAmount();
		ActivitySet set = new ActivitySet(performed.event(), performed.category(), exactly, times,
				(minAmount != null) ? minAmount.movePointRight(AMOUNT_SCALE) : null, performed.window());
		String known = this.sets.get(set);
		if (known != null) {
			return known;
		}
		String name = "set" + this.sets.size();
		this.sets.put(set, name);
		this.joins
			.append("""

					left join (select activity.profile_id from audience.activity activity
						where activity.activity_type_id = any (%s) and %s%s group by activity.profile_id%s) %s on %s.profile_id = profile.profile_id"""
				.formatted(typeIds(set), window(set), withinSource(), having(set), name, name));
		return name;
	}

	private String withinSource() {
		return (this.source != null) ? " and activity.profile_id in (select profile_id from %s)".formatted(this.source)
				: "";
	}

	private String typeIds(ActivitySet set) {
		return bind(SqlArray.ints(this.activityTypes.ids(this.tenant, set.event(), set.category()), (id) -> id));
	}

	private String window(ActivitySet set) {
		String until = "activity.at <= :asOf";
		return (set.window() == null) ? until
				: until + " and activity.at > " + bind(SqlTime.of(this.asOf.minus(set.window().length())));
	}

	private String having(ActivitySet set) {
		boolean counted = set.exactly() || set.times() > 1;
		String times = counted ? "count(*) " + (set.exactly() ? "= " : ">= ") + bind(set.times()) : "true";
		return (set.minAmount() != null)
				? " having %s and sum(activity.amount) >= %s".formatted(times, bind(set.minAmount()))
				: counted ? " having " + times : "";
	}

	private static String column(SegmentAttribute attribute) {
		String column = COLUMNS.get(attribute);
		if (column == null) {
			throw new IllegalArgumentException(
					"The value of '%s' cannot be compared; ask whether it is known".formatted(attribute.phrase()));
		}
		return "profile." + column;
	}

	private String bind(Object value) {
		String name = "p" + this.parameters.size();
		this.parameters.put(name, value);
		return ":" + name;
	}

}
