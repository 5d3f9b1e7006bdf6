package io.waypost.agent.pii;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import opennlp.tools.namefind.NameSample;
import opennlp.tools.util.Span;

/**
 * Fills sentences with names, places, organisations, addresses and professions. A part of
 * the sentences is in small letters, of the places in capitals, and of the names invented
 * from syllables, so that a model learns more than lists.
 */
final class SentenceGenerator {

	private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

	private static final Set<String> NO_CITIES = Set.of("GMT", "UTC", "UCT", "Universal", "Zulu", "Greenwich", "North",
			"South", "East", "West", "General", "Center", "Acre", "ACT", "NSW");

	private static final List<String> FORMS = List.of("Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Prof.", "Mr", "Mrs", "Dr");

	private static final List<String> THINGS = List.of("credit card", "account", "order", "statement", "parcel",
			"subscription", "password", "invoice", "mug", "lamp", "ticket", "contract", "loan", "phone", "delivery");

	private static final List<String> RELATIVES = List.of("wife", "husband", "partner", "daughter", "son", "mother",
			"father", "brother", "friend", "boss", "neighbour", "child", "aunt");

	private static final List<String> GROUPS = List.of("German", "French", "Spanish", "Italian", "American", "British",
			"Polish", "Turkish", "Russian", "Chinese", "Japanese", "Indian", "Brazilian", "Mexican", "Swedish", "Danish",
			"Catholic", "Muslim", "Jewish", "Buddhist", "Protestant", "Republican", "Democrat", "Canadian", "Irish");

	private static final List<String> PHRASES = List.of("What are you doing here?", "I am so happy for you!",
			"It is raining again.", "Thank you very much.", "There is a new Italian place downtown.",
			"Do they have vegetarian food?", "Nobody knew what to say.", "It took us years to get here.",
			"We all loved the idea of writing about our home.", "To me it is the most beautiful place in the world.",
			"That is a matter of taste.", "Many thought it would never work.", "She was only fourteen then.",
			"I cannot see why they thought this would go well.", "The record went gold again and again.",
			"It is a brilliant piece of music.", "Do not feed me your plans.", "Is it possible?",
			"Could you check this as soon as possible?", "I have been waiting for two weeks.",
			"This shows how important it was to them.", "Let me know how it works.", "They were poor but happy.",
			"Please help me, I am locked out.", "Cool, I will be there.", "The kitchen is closed on Mondays.",
			"An argument could be made that it should be first.", "I would not argue with it.",
			"The idea was born on the beach.", "He is injured and stays at home.", "Everyone should listen to it.");

	private static final List<String> ONSETS = List.of("b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l",
			"m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z", "ch", "sh", "th", "y", "kh");

	private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "a", "e", "i", "o", "ö", "á", "ei", "ia");

	private static final List<String> NAME_ENDINGS = List.of("son", "sen", "dóttir", "ov", "ova", "ić", "ski", "ska",
			"berg", "man", "mann", "ez", "es", "i", "ini", "escu", "yan", "dze", "shvili", "sson", "ev", "eva", "uk",
			"enko", "er", "ens", "oğlu", "ková", "ák", "en", "ham", "ton", "well", "ier", "eau");

	private static final List<String> PLACE_ENDINGS = List.of("stad", "by", "berg", "burg", "dorf", "ville", "hausen",
			"heim", "sund", "nes", "vik", "lund", "grad", "ovo", "ice", "ów", "ton", "ford", "bury", "ham", "mouth",
			"feld", "ingen", "ano", "ella", "ona", "ária", "köy", "pur", "abad", "fors", "holm", "dal", "järvi", "lev");

	private static final List<String> ORG_ENDINGS = List.of("Inc.", "Ltd.", "LLC", "PLC", "GmbH", "AG", "Group", "and Sons",
			"& Co.", "Labs", "Systems", "Energy", "Partners", "Networks", "Bank", "Institute", "Company", "S.A.",
			"Technologies", "Solutions", "Corporation", "Technology", "Center", "Association", "Foundation", "International",
			"Insurance Company", "Analytics", "Media", "Capital", "Management", "Government", "Services", "Holdings", "Press");

	private static final List<String> ORG_STEMS = List.of("Data", "Map", "Solar", "Open", "Buzz", "Health", "Market",
			"Smart", "Green", "Cloud", "Home", "Food", "Bill", "Trip", "Search", "Social", "Simple", "Quick", "Blue",
			"Liquid", "Arrive", "Future", "Legal", "Garden", "Patient", "Weather", "Energy", "Credit", "Price", "Housing");

	private static final List<String> ORG_TAILS = List.of("list", "guard", "quest", "metrics", "wise", "ly", "hub",
			"view", "point", "Metrics", "Nation", "Research", "Logic", "net", "ster", "ify", "Works", "Compare", "fy",
			"scape", "mine", "stats", "buddy", "Census", "zoom", "finder");

	private static final List<String> ROADS = List.of("Street", "St.", "Road", "Rd", "Avenue", "Lane", "Drive", "Square",
			"Court", "gatan", "vej", "vägen", "strasse", "straße", "weg", "laan", "utca", "u.", "gata", "tie", "katu");

	private static final List<String> ROAD_PREFIXES = List.of("Rue de la ", "Via ", "ul. ", "Calle ", "Rua ", "Avenida ",
			"rue ", "Rua da ", "Plaza ", "Piazza ", "Strada ");

	private final List<String> sentences;

	private final List<String> first;

	private final List<String> last;

	private final List<String> cities;

	private final List<String> streets;

	private final List<String> jobs;

	private final List<String> organisations;

	private final List<String> countries;

	private final List<String> words;

	private final Random random;

	SentenceGenerator(Path lists, Random random) throws IOException {
		this.sentences = lines(lists.resolve("sentences.txt"));
		this.first = lines(lists.resolve("first.txt"));
		this.last = lines(lists.resolve("last.txt"));
		this.cities = cities(lines(lists.resolve("city.txt")));
		this.streets = lines(lists.resolve("street.txt"));
		this.jobs = lines(lists.resolve("job.txt"));
		this.organisations = lines(lists.resolve("org.txt"));
		this.words = lines(lists.resolve("words.txt"));
		this.countries = Arrays.stream(Locale.getISOCountries())
			.map((code) -> Locale.of("", code).getDisplayCountry(Locale.ENGLISH))
			.toList();
		this.random = random;
	}

	/** Generates the next sentence, as one or more sequences of tokens. */
	List<NameSample> next() {
		String template = pick(this.sentences).replace("\\n", "\n");
		StringBuilder text = new StringBuilder();
		List<String> types = new ArrayList<>();
		List<int[]> spans = new ArrayList<>();
		expand(template, text, types, spans);
		String written = text.toString();
		if (this.random.nextInt(8) == 0) {
			written = lower(written);
		}
		List<NameSample> samples = new ArrayList<>();
		for (NameTokens tokens : NameTokens.of(written)) {
			samples.add(new NameSample(tokens.words(), spans(tokens, types, spans), true));
		}
		return samples;
	}

	/** Small letters, character by character, so that positions stay. */
	private static String lower(String text) {
		char[] letters = text.toCharArray();
		for (int i = 0; i < letters.length; i++) {
			letters[i] = Character.toLowerCase(letters[i]);
		}
		return new String(letters);
	}

	private static Span[] spans(NameTokens tokens, List<String> types, List<int[]> spans) {
		List<Span> found = new ArrayList<>();
		for (int s = 0; s < spans.size(); s++) {
			int begin = -1;
			int end = -1;
			for (int i = 0; i < tokens.words().length; i++) {
				if (tokens.starts()[i] >= spans.get(s)[0] && tokens.ends()[i] <= spans.get(s)[1]) {
					begin = (begin < 0) ? i : begin;
					end = i + 1;
				}
			}
			if (begin >= 0) {
				found.add(new Span(begin, end, types.get(s)));
			}
		}
		return found.toArray(Span[]::new);
	}

	private void expand(String template, StringBuilder text, List<String> types, List<int[]> spans) {
		Matcher slot = SLOT.matcher(template);
		int copied = 0;
		while (slot.find()) {
			text.append(template, copied, slot.start());
			copied = slot.end();
			fill(slot.group(1), text, types, spans);
		}
		text.append(template, copied, template.length());
	}

	private void fill(String slot, StringBuilder text, List<String> types, List<int[]> spans) {
		switch (slot) {
			case "person" -> add("person", person(), text, types, spans);
			case "first" -> add("person", firstName(), text, types, spans);
			case "last" -> add("person", lastName(), text, types, spans);
			case "mr" -> add("title", pick(FORMS), text, types, spans);
			case "job" -> add("title", pick(this.jobs), text, types, spans);
			case "org" -> add("organization", organisation(), text, types, spans);
			case "city" -> add("location", city(), text, types, spans);
			case "country" -> add("location", pick(this.countries), text, types, spans);
			case "location" -> add("location", oneIn(2) ? pick(this.countries) : city(), text, types, spans);
			case "nrp" -> add("nrp", pick(GROUPS), text, types, spans);
			case "street" -> add("address", street(), text, types, spans);
			case "streetonly" -> add("address", lastName(), text, types, spans);
			case "num" -> add("address", "%02d".formatted(this.random.nextInt(100)), text, types, spans);
			case "apt" -> add("address", apartment(), text, types, spans);
			case "zip" -> add("address", zip(), text, types, spans);
			case "state" -> add("address", state(), text, types, spans);
			case "pobox" -> add("address", postOfficeBox(), text, types, spans);
			case "address" -> add("address", address(), text, types, spans);
			case "addressblock" -> expand(addressBlock(), text, types, spans);
			default -> text.append(plain(slot));
		}
	}

	private static void add(String type, String value, StringBuilder text, List<String> types, List<int[]> spans) {
		types.add(type);
		spans.add(new int[] { text.length(), text.length() + value.length() });
		text.append(value);
	}

	private String plain(String slot) {
		return switch (slot) {
			case "thing" -> pick(THINGS);
			case "relative" -> pick(RELATIVES);
			case "phrase" -> oneIn(2) ? pick(PHRASES) : wordedPhrase();
			case "words" -> words(1 + this.random.nextInt(5));
			case "Words" -> capitalized(words(1 + this.random.nextInt(3)));
			case "n" -> String.valueOf(2 + this.random.nextInt(90));
			case "year" -> String.valueOf(1950 + this.random.nextInt(76));
			case "date" -> date();
			case "weekday" -> pick(List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"));
			case "phone" -> phone();
			case "email" -> lower(firstName().replace(" ", "") + "@" + lastName().replace(" ", "") + ".example");
			case "card" -> "4" + digits(15);
			case "iban" -> "GB" + digits(2) + "ABCD" + digits(14);
			case "url" -> "https://www." + lower(lastName().replace(" ", "")) + ".example/";
			default -> throw new IllegalArgumentException("There is no slot {" + slot + "}; use one of sentences.txt");
		};
	}

	/** Ordinary words in any order, a part of them with capitals as in a headline. */
	private String wordedPhrase() {
		String phrase = words(3 + this.random.nextInt(9));
		String written = switch (this.random.nextInt(6)) {
			case 0 -> capitalized(phrase);
			case 1 -> phrase + " " + capitalized(words(2)) + " " + words(3);
			case 2 -> "\"" + capitalized(words(2)) + "\" " + phrase;
			default -> Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
		};
		return written + pick(List.of(".", "!", "?", ".", ""));
	}

	private String words(int count) {
		List<String> picked = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			picked.add(pick(this.words));
		}
		return String.join(oneIn(5) ? ", " : " ", picked);
	}

	private static String capitalized(String words) {
		StringBuilder capitalized = new StringBuilder(words);
		for (int i = 0; i < words.length(); i++) {
			if (i == 0 || words.charAt(i - 1) == ' ') {
				capitalized.setCharAt(i, Character.toUpperCase(words.charAt(i)));
			}
		}
		return capitalized.toString();
	}

	private String person() {
		String name = firstName() + (oneIn(8) ? " " + (char) ('A' + this.random.nextInt(26)) + "." : "") + " " + lastName();
		return oneIn(10) ? name.replace(" ", pick(List.of(" van ", " de ", " van der ", " von ", " da ", " "))) : name;
	}

	private String firstName() {
		return oneIn(7) ? invented(List.of("a", "ia", "us", "in", "e", "o", "ik", "na", "ra", "el", "ir", "uke"))
				: pick(this.first);
	}

	private String lastName() {
		return oneIn(4) ? invented(NAME_ENDINGS) : pick(this.last);
	}

	private String city() {
		String city = oneIn(3) ? invented(PLACE_ENDINGS) : pick(this.cities);
		return switch (this.random.nextInt(12)) {
			case 0, 1 -> city.toUpperCase(Locale.ROOT);
			case 2 -> pick(List.of("San ", "Las ", "Sankt ", "Santa ", "Saint ", "El ", "Villa ", "Bad ", "Le ")) + city;
			case 3 -> city + pick(List.of(" de ", " di ", " am ", " sur ", " an der ", "-")) + pick(this.cities);
			default -> city;
		};
	}

	private String organisation() {
		return switch (this.random.nextInt(12)) {
			case 8 -> capitalized(pick(this.words)) + pick(this.words);
			case 9 -> capitalized(pick(this.words)) + " " + capitalized(pick(this.words)) + " " + pick(ORG_ENDINGS);
			case 10 -> capitalized(pick(this.words)) + " " + pick(ORG_ENDINGS);
			case 11 -> oneIn(2) ? capitalized(pick(this.words)) : invented(ORG_TAILS);
			case 0, 1 -> pick(ORG_STEMS) + pick(ORG_TAILS);
			case 2 -> pick(ORG_STEMS) + " " + pick(ORG_TAILS);
			case 3 -> lastName() + " " + pick(ORG_ENDINGS);
			case 4 -> oneIn(4) ? lastName() + pick(List.of(", ", " ")) + lastName() + " and " + lastName()
					: lastName() + " " + pick(ORG_ENDINGS);
			case 5 -> pick(ORG_STEMS) + " " + pick(ORG_STEMS) + " " + pick(ORG_ENDINGS);
			case 6 -> lastName() + "-" + lastName();
			default -> pick(this.organisations);
		};
	}

	private String street() {
		String number = String.valueOf(1 + this.random.nextInt(oneIn(4) ? 4000 : 200));
		return switch (this.random.nextInt(7)) {
			case 0 -> number + " " + pick(this.streets);
			case 1 -> pick(this.streets) + " " + number;
			case 2 -> invented(NAME_ENDINGS) + lower(pick(ROADS)) + " " + number;
			case 3 -> pick(ROAD_PREFIXES) + person() + " " + number;
			case 4 -> number + " " + lastName() + " " + pick(ROADS);
			case 5 -> "P.O. Box " + number;
			default -> lastName() + " " + pick(ROADS) + " " + number;
		};
	}

	private String apartment() {
		return pick(List.of("Apt.", "Suite", "Apt", "Unit", "Flat")) + " " + digits(3);
	}

	private String zip() {
		return oneIn(6) ? state().charAt(0) + "W" + digits(1) + " " + digits(1) + state() : digits(oneIn(4) ? 4 : 5);
	}

	private String state() {
		return "" + (char) ('A' + this.random.nextInt(26)) + (char) ('A' + this.random.nextInt(26));
	}

	private String postOfficeBox() {
		return switch (this.random.nextInt(4)) {
			case 0 -> "PSC " + digits(4) + ", Box " + digits(4) + "\nAPO " + state() + " " + digits(5);
			case 1 -> "Unit " + digits(4) + " Box " + digits(4) + "\nDPO " + state() + " " + digits(5);
			case 2 -> pick(List.of("USS ", "USNV ", "USCGC ", "USNS ")) + lastName() + "\nFPO " + state() + " " + digits(5);
			default -> "P.O. Box " + digits(3) + "\n" + pick(this.cities) + " " + state() + " " + digits(5);
		};
	}

	private String address() {
		String line = "%02d ".formatted(this.random.nextInt(100)) + street();
		return switch (this.random.nextInt(8)) {
			case 0 -> line + "\n " + apartment() + "\n " + city() + "\n " + pick(this.countries) + " " + digits(5);
			case 1 -> line + "\n" + city() + "\n, " + state() + "\n " + digits(5);
			case 2 -> line + " " + apartment() + ", " + city() + ", " + pick(this.countries) + " " + digits(5);
			case 3 -> line + " " + apartment() + " " + city() + " " + pick(this.countries);
			case 4 -> oneIn(2) ? "the corner of " + street() + " and " + lastName() + " Street"
					: firstName() + " and " + street();
			case 5 -> postOfficeBox();
			case 6 -> street() + ", " + digits(5) + " " + city();
			default -> line + "\n " + apartment() + "\n " + city() + "\n " + pick(this.countries);
		};
	}

	private String addressBlock() {
		return pick(List.of("{num} {street}\n {apt}\n {city}\n {country} {zip}",
				"{num} {street}\n {apt}\n {city}\n\n {country} {zip}", "{street}\n{zip} {city}\n{country}",
				"{num} {street}\n {apt}\n {city}", "{street}\n{city}, {state} {zip}"));
	}

	private String phone() {
		return pick(List.of("+1-" + digits(3) + "-" + digits(3) + "-" + digits(4), "0" + digits(2) + " " + digits(7),
				"(" + digits(3) + ")" + digits(3) + "-" + digits(4) + "x" + digits(3),
				digits(3) + "." + digits(3) + "." + digits(4), digits(2) + "-" + digits(2) + "-" + digits(2)));
	}

	private String date() {
		int day = 1 + this.random.nextInt(28);
		int month = 1 + this.random.nextInt(12);
		int year = 1930 + this.random.nextInt(96);
		return oneIn(2) ? "%d/%d/%d".formatted(month, day, year)
				: "%d-%02d-%02d %02d:%02d:00".formatted(year, month, day, this.random.nextInt(24), this.random.nextInt(60));
	}

	private String digits(int count) {
		StringBuilder digits = new StringBuilder();
		for (int i = 0; i < count; i++) {
			digits.append(this.random.nextInt(10));
		}
		return digits.toString();
	}

	private String invented(List<String> endings) {
		StringBuilder name = new StringBuilder();
		for (int i = 0; i <= this.random.nextInt(2); i++) {
			name.append(pick(ONSETS)).append(pick(VOWELS));
		}
		name.append(pick(ONSETS)).append(pick(endings));
		name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
		return name.toString();
	}

	private boolean oneIn(int count) {
		return this.random.nextInt(count) == 0;
	}

	private String pick(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	private static List<String> lines(Path file) throws IOException {
		return Files.readAllLines(file).stream().filter((line) -> !line.isBlank() && line.charAt(0) != '#').toList();
	}

	/** Adds the cities of the time zones. */
	private static List<String> cities(List<String> list) {
		List<String> cities = new ArrayList<>(list);
		ZoneId.getAvailableZoneIds()
			.stream()
			.filter((zone) -> zone.indexOf('/') > 0 && !zone.startsWith("Etc") && !zone.startsWith("SystemV"))
			.map((zone) -> zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' '))
			.filter((city) -> !NO_CITIES.contains(city))
			.sorted()
			.forEach(cities::add);
		return cities;
	}

}
