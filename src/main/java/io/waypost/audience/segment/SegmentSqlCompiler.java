package io.waypost.audience.segment;

import java.time.Instant;
import java.time.ZoneOffset;
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
import io.waypost.audience.projection.AudienceSqlArray;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions to SQL. Facts are compared in the row of the person. What people
 * did becomes one set of profiles per question, joined from the left: a person is in it
 * or not, so that conditions combine by plain and, or and not, and the planner turns the
 * joins into inner and anti joins where it can. Every value is a bound parameter.
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

	/** Deeds are kept in ten-thousandths. */
	private static final int WORTH_SCALE = 4;

	private final TenantId tenant;

	private final Instant asOf;

	private final Function<String, Condition> segments;

	private final ActivityTypeRepository actions;

	private final @Nullable String part;

	private final Map<String, Object> parameters;

	private final Map<ActivitySet, String> sets = new LinkedHashMap<>();

	private final StringBuilder joins = new StringBuilder();

	/**
	 * Begins a question.
	 * @param tenant whose people
	 * @param asOf the moment that windows and ages are counted back from
	 * @param segments what the segments say that conditions refer to, without cycles
	 * @param actions numbers of what can be done: bound, they tell the planner how much
	 * of it there is
	 */
	public SegmentSqlCompiler(TenantId tenant, Instant asOf, Function<String, Condition> segments,
			ActivityTypeRepository actions) {
		this(tenant, asOf, segments, actions, null, new HashMap<>());
		this.parameters.put("tenant", tenant.value());
		this.parameters.put("asOf", asOf.atOffset(ZoneOffset.UTC));
	}

	private SegmentSqlCompiler(TenantId tenant, Instant asOf, Function<String, Condition> segments,
			ActivityTypeRepository actions, @Nullable String part, Map<String, Object> parameters) {
		this.tenant = tenant;
		this.actions = actions;
		this.asOf = asOf;
		this.segments = segments;
		this.part = part;
		this.parameters = parameters;
	}

	/** A set of profiles that did something at least, or exactly, so often. */
	private record ActivitySet(String event, @Nullable String category, boolean exactly, int times,
			@Nullable Object worth, @Nullable LookbackWindow window) {

	}

	/**
	 * Compiles a condition; its sets join {@link #from()}.
	 * @return an expression that is true or false of each person, never null
	 */
	public String where(Condition condition) {
		return switch (condition) {
			case Condition.Everyone everyone -> "true";
			case Condition.All(List<Condition> parts) -> join(" and ", parts);
			case Condition.Any(List<Condition> parts) -> join(" or ", parts);
			case Condition.Not(Condition part) -> "not " + where(part);
			case Condition.InSegment(String name) -> "(" + where(this.segments.apply(name)) + ")";
			case Condition.ConsentAnswer(String topic, boolean yes) ->
				"%s = any (person.%s)".formatted(bind(topic), yes ? "granted" : "refused");
			case Condition.HasValue(SegmentAttribute fact) ->
				(fact == SegmentAttribute.EMAIL) ? "person.has_address" : "(%s is not null)".formatted(column(fact));
			case Condition.OneOf(SegmentAttribute fact, List<String> values) ->
				"(%s = any (%s::text[])) is true".formatted(column(fact), bind(values.toArray(String[]::new)));
			case Condition.Compared one -> compared(one);
			case Condition.Between one ->
				join(" and ", List.of(new Condition.Compared(one.attribute(), ComparisonOperator.AT_LEAST, one.low()),
						new Condition.Compared(one.attribute(), ComparisonOperator.AT_MOST, one.high())));
			case Condition.Performed did -> did(did);
		};
	}

	/**
	 * Takes apart what must hold at once, also within segments.
	 * @param condition any
	 * @return at least one condition; together they say the same
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
	 * Begins a question of the same statement about people whom an earlier part of it
	 * found. Of them nothing can be asked but what they did.
	 * @param part its name, with a column {@code profile_id}
	 * @return a question that binds its values beside those of this one
	 */
	SegmentSqlCompiler within(String part) {
		return new SegmentSqlCompiler(this.tenant, this.asOf, this.segments, this.actions, part, this.parameters);
	}

	/**
	 * People and the sets that compiled conditions need.
	 * @return what follows {@code from}; to be asked for last
	 */
	public String from() {
		return Objects.requireNonNullElse(this.part, "audience.person") + " person" + this.joins;
	}

	/**
	 * The values of everything compiled.
	 * @return by name; {@code tenant} is among them
	 */
	public Map<String, Object> parameters() {
		return this.parameters;
	}

	private String join(String word, List<Condition> parts) {
		return parts.stream().map(this::where).collect(Collectors.joining(word, "(", ")"));
	}

	private String compared(Condition.Compared one) {
		if (one.attribute().type() == SegmentAttribute.AttributeType.DAYS) {
			return "(%s) is true"
				.formatted(days(column(one.attribute()), one.comparison(), one.number().intValueExact()));
		}
		return "(%s %s %s) is true".formatted(column(one.attribute()), one.comparison().symbol(), bind(one.number()));
	}

	/** Whole days since a moment are so many exactly when the moment lies so far back. */
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
		return bind(this.asOf.minusSeconds(days * 86_400L).atOffset(ZoneOffset.UTC));
	}

	private String did(Condition.Performed did) {
		OccurrenceCount times = did.count();
		return switch (times.bound()) {
			case AT_LEAST -> set(did, false, times.number()) + ".profile_id is not null";
			case AT_MOST -> set(did, false, times.number() + 1) + ".profile_id is null";
			case EXACTLY -> (times.number() == 0) ? set(did, false, 1) + ".profile_id is null"
					: set(did, true, times.number()) + ".profile_id is not null";
		};
	}

	private String set(Condition.Performed did, boolean exactly, int times) {
		Object worth = (did.worth() != null) ? did.worth().movePointRight(WORTH_SCALE) : null;
		ActivitySet deeds = new ActivitySet(did.event(), did.category(), exactly, times, worth, did.window());
		String known = this.sets.get(deeds);
		if (known != null) {
			return known;
		}
		String name = "set" + this.sets.size();
		this.sets.put(deeds, name);
		this.joins
			.append("""

					left join (select deed.profile_id from audience.deed deed
						where deed.action_id = any (%s) and %s%s group by deed.profile_id%s) %s on %s.profile_id = person.profile_id"""
				.formatted(actions(deeds), window(deeds), within(), having(deeds), name, name));
		return name;
	}

	private String within() {
		return (this.part != null) ? " and deed.profile_id in (select profile_id from %s)".formatted(this.part) : "";
	}

	private String actions(ActivitySet deeds) {
		return bind(new AudienceSqlArray("int4", this.actions.ids(this.tenant, deeds.event(), deeds.category())));
	}

	private String window(ActivitySet deeds) {
		String until = "deed.at <= :asOf";
		return (deeds.window() == null) ? until
				: until + " and deed.at > " + bind(this.asOf.minus(deeds.window().length()).atOffset(ZoneOffset.UTC));
	}

	private String having(ActivitySet deeds) {
		boolean counted = deeds.exactly() || deeds.times() > 1;
		String times = counted ? "count(*) " + (deeds.exactly() ? "= " : ">= ") + bind(deeds.times()) : "true";
		return (deeds.worth() != null) ? " having %s and sum(deed.worth) >= %s".formatted(times, bind(deeds.worth()))
				: counted ? " having " + times : "";
	}

	private static String column(SegmentAttribute fact) {
		String column = COLUMNS.get(fact);
		if (column == null) {
			throw new IllegalArgumentException("Only whether " + fact.phrase() + " is known can be asked");
		}
		return "person." + column;
	}

	private String bind(Object value) {
		String name = "p" + this.parameters.size();
		this.parameters.put(name, value);
		return ":" + name;
	}

}
