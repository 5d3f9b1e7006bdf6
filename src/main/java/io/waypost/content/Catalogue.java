package io.waypost.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** The tenant's products. */
@Component
public class Catalogue {

	/**
	 * Looks products up with one statement.
	 * @param tenant whose catalogue
	 * @param productIds the shop's ids
	 * @return those that exist
	 */
	public Map<String, Product> find(TenantId tenant, Collection<String> productIds) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The best-selling products of a category.
	 * @param tenant whose catalogue
	 * @param category its name, as in {@link Product#category()}
	 * @param limit how many at the most
	 * @return best first
	 */
	public List<Product> popular(TenantId tenant, String category, int limit) {
		throw new UnsupportedOperationException();
	}

}
