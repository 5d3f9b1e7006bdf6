package io.waypost.audience;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.waypost.audience.language.Comparison;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.Fact;
import io.waypost.audience.language.Times;
import io.waypost.audience.language.Window;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions to SQL. Facts are compared in the row of the person. What people
 * did becomes one set of profiles per question, joined from the left: a person is in it
 * or not, so that conditions combine by plain and, or and not, and the planner turns the
 * joins into inner and anti joins where it can. Every value is a bound parameter.
 */
final class Question {

	private static final Map<Fact, String> COLUMNS = Map.ofEntries(Map.entry(Fact.COUNTRY, "country"),
			Map.entry(Fact.LANGUAGE, "language"), Map.entry(Fact.LOCALE, "locale"),
			Map.entry(Fact.TIME_ZONE, "time_zone"), Map.entry(Fact.DEVICE, "device"), Map.entry(Fact.STAGE, "stage"),
			Map.entry(Fact.TOP_CATEGORY, "top_category"), Map.entry(Fact.SCORE, "engagement_score"),
			Map.entry(Fact.ORDERS, "order_count"), Map.entry(Fact.SPENT, "money_spent"),
			Map.entry(Fact.AVERAGE_ORDER, "average_order"), Map.entry(Fact.SINCE_ORDER, "last_order_at"),
			Map.entry(Fact.SINCE_FIRST_ORDER, "first_order_at"), Map.entry(Fact.SINCE_OPEN, "last_open_at"),
			Map.entry(Fact.SINCE_CLICK, "last_click_at"), Map.entry(Fact.SINCE_SEEN, "first_seen_at"));

	/** Deeds are kept in ten-thousandths. */
	private static final int WORTH_SCALE = 4;

	private final TenantId tenant;

	private final Instant asOf;

	private final Function<String, Condition> segments;

	private final Actions actions;

	private final @Nullable String part;

	private final Map<String, Object> parameters;

	private final Map<Deeds, String> sets = new LinkedHashMap<>();

	private final StringBuilder joins = new StringBuilder();

	/**
	 * Begins a question.
	 * @param tenant whose people
	 * @param asOf the moment that windows and ages are counted back from
	 * @param segments what the segments say that conditions refer to, without cycles
	 * @param actions numbers of what can be done: bound, they tell the planner how much
	 * of it there is
	 */
	Question(TenantId tenant, Instant asOf, Function<String, Condition> segments, Actions actions) {
		this(tenant, asOf, segments, actions, null, new HashMap<>());
		this.parameters.put("tenant", tenant.value());
		this.parameters.put("asOf", asOf.atOffset(ZoneOffset.UTC));
	}

	private Question(TenantId tenant, Instant asOf, Function<String, Condition> segments, Actions actions,
			@Nullable String part, Map<String, Object> parameters) {
		this.tenant = tenant;
		this.actions = actions;
		this.asOf = asOf;
		this.segments = segments;
		this.part = part;
		this.parameters = parameters;
	}

	/** A set of profiles that did something at least, or exactly, so often. */
	private record Deeds(String event, @Nullable String category, boolean exactly, int times, @Nullable Object worth,
			@Nullable Window window) {

	}

	/**
	 * Compiles a condition; its sets join {@link #from()}.
	 * @return an expression that is true or false of each person, never null
	 */
	String where(Condition condition) {
		return switch (condition) {
			case Condition.Everyone everyone -> "true";
			case Condition.All(List<Condition> parts) -> join(" and ", parts);
			case Condition.Any(List<Condition> parts) -> join(" or ", parts);
			case Condition.Not(Condition part) -> "not " + where(part);
			case Condition.InSegment(String name) -> "(" + where(this.segments.apply(name)) + ")";
			case Condition.Answered(String topic, boolean yes) ->
				"%s = any (person.%s)".formatted(bind(topic), yes ? "granted" : "refused");
			case Condition.Known(Fact fact) ->
				(fact == Fact.EMAIL) ? "person.has_address" : "(%s is not null)".formatted(column(fact));
			case Condition.OneOf(Fact fact, List<String> values) ->
				"(%s = any (%s::text[])) is true".formatted(column(fact), bind(values.toArray(String[]::new)));
			case Condition.Compared one -> compared(one);
			case Condition.Between one ->
				join(" and ", List.of(new Condition.Compared(one.fact(), Comparison.AT_LEAST, one.low()),
						new Condition.Compared(one.fact(), Comparison.AT_MOST, one.high())));
			case Condition.Did did -> did(did);
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
	Question among(String part) {
		return new Question(this.tenant, this.asOf, this.segments, this.actions, part, this.parameters);
	}

	/**
	 * People and the sets that compiled conditions need.
	 * @return what follows {@code from}; to be asked for last
	 */
	String from() {
		return Objects.requireNonNullElse(this.part, "audience.person") + " person" + this.joins;
	}

	/**
	 * The values of everything compiled.
	 * @return by name; {@code tenant} is among them
	 */
	Map<String, Object> parameters() {
		return this.parameters;
	}

	private String join(String word, List<Condition> parts) {
		return parts.stream().map(this::where).collect(Collectors.joining(word, "(", ")"));
	}

	private String compared(Condition.Compared one) {
		if (one.fact().kind() == Fact.Kind.DAYS) {
			return "(%s) is true".formatted(days(column(one.fact()), one.comparison(), one.number().intValueExact()));
		}
		return "(%s %s %s) is true".formatted(column(one.fact()), one.comparison().symbol(), bind(one.number()));
	}

	/** Whole days since a moment are so many exactly when the moment lies so far back. */
	private String days(String column, Comparison comparison, int days) {
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

	private String did(Condition.Did did) {
		Times times = did.times();
		return switch (times.bound()) {
			case AT_LEAST -> set(did, false, times.number()) + ".profile_id is not null";
			case AT_MOST -> set(did, false, times.number() + 1) + ".profile_id is null";
			case EXACTLY -> (times.number() == 0) ? set(did, false, 1) + ".profile_id is null"
					: set(did, true, times.number()) + ".profile_id is not null";
		};
	}

	private String set(Condition.Did did, boolean exactly, int times) {
		Object worth = (did.worth() != null) ? did.worth().movePointRight(WORTH_SCALE) : null;
		Deeds deeds = new Deeds(did.event(), did.category(), exactly, times, worth, did.window());
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
				.formatted(actions(deeds), window(deeds), among(), having(deeds), name, name));
		return name;
	}

	private String among() {
		return (this.part != null) ? " and deed.profile_id in (select profile_id from %s)".formatted(this.part) : "";
	}

	private String actions(Deeds deeds) {
		return bind(new SqlArray("int4", this.actions.numbers(this.tenant, deeds.event(), deeds.category())));
	}

	private String window(Deeds deeds) {
		String until = "deed.at <= :asOf";
		return (deeds.window() == null) ? until
				: until + " and deed.at > " + bind(this.asOf.minus(deeds.window().length()).atOffset(ZoneOffset.UTC));
	}

	private String having(Deeds deeds) {
		boolean counted = deeds.exactly() || deeds.times() > 1;
		String times = counted ? "count(*) " + (deeds.exactly() ? "= " : ">= ") + bind(deeds.times()) : "true";
		return (deeds.worth() != null) ? " having %s and sum(deed.worth) >= %s".formatted(times, bind(deeds.worth()))
				: counted ? " having " + times : "";
	}

	private static String column(Fact fact) {
		String column = COLUMNS.get(fact);
		if (column == null) {
			throw new IllegalArgumentException("Only whether " + fact.words() + " is known can be asked");
		}
		return "person." + column;
	}

	private String bind(Object value) {
		String name = "p" + this.parameters.size();
		this.parameters.put(name, value);
		return ":" + name;
	}

}
