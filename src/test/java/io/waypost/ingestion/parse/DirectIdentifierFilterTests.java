package io.waypost.ingestion.parse;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/** Direct identifiers are removed before events are stored. */
class DirectIdentifierFilterTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{'email':'a@b.example','plan':'pro'}|{'plan':'pro'}",
			"{'invitee_email':'x','invitee_first_name':'P','role':'Owner'}|{'role':'Owner'}",
			"{'Phone-Number':'1','userName':'pg','ip':'203.0.113.7'}|{}",
			"{'name':'Monopoly: 3rd Edition','products':[{'name':'Uno'}]}|{'name':'Monopoly: 3rd Edition','products':[{'name':'Uno'}]}",
			"{'address':{'street':'1 Main St','city':'Ulm','country':'DE'}}|{'address':{'country':'DE'}}",
			"{'label':'write to jane.doe@example.com today'}|{'label':'write to [removed] today'}",
			"{'url':'https://a.example/?e=jane%40example.com&x=1'}|{'url':'https://a.example/'}",
			"{'ref':'https://a.example/jane%40example.com/x'}|{'ref':'https://a.example/[removed]/x'}",
			"{'friends':['bob@example.com',7]}|{'friends':['[removed]',7]}",
			"{'opt_in_email':true,'email_subject':'Hi','logins':5}|{'opt_in_email':true,'email_subject':'Hi','logins':5}",
			"{'ref':'visitor-77'}|{'ref':'[removed]'}",
			"{'handle':'@waypost','price':'3 @ 5'}|{'handle':'@waypost','price':'3 @ 5'}" })
	void removesDirectIdentifiers(String sent, String kept) throws Exception {
		ObjectNode properties = object(sent);
		new DirectIdentifierFilter(List.of("visitor-77")).strip(properties, "/properties");
		assertThat(properties).isEqualTo(object(kept));
	}

	/** Titles, employers and free text can contain anything about a person. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{'title':'CEO','jobTitle':'CEO','plan':'pro'}|{'plan':'pro'}",
			"{'company':'Acme','company_name':'Acme','employer':{'name':'Acme'},'seats':5}|{'seats':5}",
			"{'Comment':'call me','feedback':['x'],'search_query':'my disease','rating':4}|{'rating':4}",
			"{'product_id':'p','title':'Mug','description':'Blue','comment':'mine'}|{'product_id':'p','title':'Mug','description':'Blue'}",
			"{'products':[{'id':'p','title':'Mug'}]}|{'products':[{'id':'p','title':'Mug'}]}",
			"{'consent':{'evidence':{'news':{'text':'Yes, please'}}}}|{'consent':{'evidence':{'news':{'text':'Yes, please'}}}}",
			"{'page':{'title':'Orders of Jane','path':'/orders'}}|{'page':{'path':'/orders'}}" })
	void removesTitlesEmployersAndFreeText(String sent, String kept) throws Exception {
		ObjectNode properties = object(sent);
		new DirectIdentifierFilter(List.of()).strip(properties, "/properties");
		assertThat(properties).isEqualTo(object(kept));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "https://a.example/p?q=x#y|https://a.example/p", "/p?q=x|/p",
			"//a.example/#/u/7|//a.example/",
			"https://a.example/?q=x&utm_source=news&utm_term=x&utm_id=7|https://a.example/?utm_source=news&utm_id=7",
			"https://a.example/?utm_source=a b|https://a.example/", "app://open?token=x|app://open",
			"HTTPS://A.example?q=1|HTTPS://A.example", "https://a.example/p|https://a.example/p", "Any more?|Any more?",
			"50% off? Yes|50% off? Yes" })
	void removesQueriesOfUrls(String sent, String kept) throws Exception {
		ObjectNode properties = JSON.createObjectNode().put("link", sent);
		properties.putObject("page").put("referrer", sent);
		ObjectNode product = properties.putObject("product").put("product_id", "p").put("url", sent);
		new DirectIdentifierFilter(List.of()).strip(properties, "/properties");
		assertThat(properties.path("link").asText()).isEqualTo(kept);
		assertThat(properties.at("/page/referrer").asText()).isEqualTo(kept);
		assertThat(product.path("url").asText()).as("messages link to it").isEqualTo(sent);
	}

	@Test
	void storesTitlesAndEmployersOfAPersonInTheVault() throws Exception {
		ObjectNode traits = object("{'title':'CEO','company':{'name':'Acme','employees':7},'plan':'pro'}");
		assertThat(new DirectIdentifierFilter(List.of()).stripTraits(traits, "/traits"))
			.containsOnly(entry("title", "CEO"), entry("company", "Acme"));
		assertThat(traits).isEqualTo(object("{'plan':'pro'}"));
	}

	@Test
	void returnsRemovedTraits() throws Exception {
		ObjectNode traits = object(
				"{'name':'Jane Doe','firstName':'Jane','address':{'city':'Ulm','country':'DE'},'plan':'pro'}");
		assertThat(new DirectIdentifierFilter(List.of()).stripTraits(traits, "/traits"))
			.containsOnly(entry("name", "Jane Doe"), entry("firstName", "Jane"), entry("address.city", "Ulm"));
		assertThat(traits).isEqualTo(object("{'address':{'country':'DE'},'plan':'pro'}"));
	}

	@Test
	@Timeout(5)
	void filtersLongTextsInBoundedTime() throws Exception {
		ObjectNode properties = JSON.createObjectNode().put("label", "a".repeat(32_000) + "@" + "b.".repeat(100));
		new DirectIdentifierFilter(List.of()).strip(properties, "/properties");
		assertThat(properties.get("label").asText()).hasSizeGreaterThan(30_000);
	}

	@Test
	void rejectsNullCharactersAndInfiniteNumbers() throws Exception {
		ObjectNode text = JSON.createObjectNode().put("a", "x\0");
		assertThatExceptionOfType(EventValidationException.class)
			.isThrownBy(() -> new DirectIdentifierFilter(List.of()).strip(text, "/p"));
		ObjectNode number = JSON.createObjectNode().put("a", Double.POSITIVE_INFINITY);
		assertThatExceptionOfType(EventValidationException.class)
			.isThrownBy(() -> new DirectIdentifierFilter(List.of()).strip(number, "/p"));
	}

	private static ObjectNode object(String json) throws Exception {
		return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
	}

}
