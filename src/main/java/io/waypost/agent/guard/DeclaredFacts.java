package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Facts that were declared for a message, besides the catalogue.
 *
 * @param offers offers that the message may announce
 * @param dates dates that the message may name even if they are past
 */
public record DeclaredFacts(List<DeclaredOffer> offers, Set<LocalDate> dates) {

	/** No declared facts. */
	public static final DeclaredFacts NONE = new DeclaredFacts(List.of(), Set.of());

	/** A message may say that an offer ends soon from this number of days before. */
	private static final int ENDS_SOON_DAYS = 2;

	public DeclaredFacts {
		offers = List.copyOf(offers);
		dates = Set.copyOf(dates);
	}

	/**
	 * An offer.
	 *
	 * @param text the offer in words, its code included; the message may repeat its
	 * numbers and claims
	 * @param percent discount in percent, may be null
	 * @param amount discount or price, may be null
	 * @param currency currency of the amount, null for any
	 * @param from first day, may be null
	 * @param until last day, may be null
	 * @param url page of the offer, may be null
	 */
	public record DeclaredOffer(String text, @Nullable BigDecimal percent, @Nullable BigDecimal amount,
			@Nullable Currency currency, @Nullable LocalDate from, @Nullable LocalDate until, @Nullable String url) {

	}

	/** Returns the texts whose numbers and claims a message may repeat. */
	String text() {
		return this.offers.stream().map(DeclaredOffer::text).collect(Collectors.joining("\n"));
	}

	/** Whether a message may name a date even if it is past. */
	boolean allows(LocalDate date) {
		return this.dates.contains(date) || this.offers.stream()
			.flatMap((offer) -> Stream.of(offer.from(), offer.until()))
			.anyMatch((known) -> date.equals(known));
	}

	/** Whether an offer ends today or within two days. */
	boolean endSoon(LocalDate today) {
		return this.offers.stream()
			.map(DeclaredOffer::until)
			.filter(Objects::nonNull)
			.anyMatch((until) -> !until.isBefore(today) && !until.isAfter(today.plusDays(ENDS_SOON_DAYS)));
	}

}
