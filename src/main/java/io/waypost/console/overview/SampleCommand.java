package io.waypost.console.overview;

/** What somebody with nothing to see can do about it. */
final class SampleCommand {

	static final String COMMAND = """
			curl -u demo-write-key: -H 'Content-Type: application/json' http://127.0.0.1:8080/v1/track -d '{
			  "userId": "ada", "event": "Product Added",
			  "properties": {"cart_id": "cart-1", "product_id": "hazel-camp-lantern", "quantity": 1}}'""";

	private SampleCommand() {
	}

}
