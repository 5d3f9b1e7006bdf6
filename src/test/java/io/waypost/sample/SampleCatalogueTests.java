package io.waypost.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleCatalogueTests {

	private final SampleCatalogue catalogue = new SampleCatalogue();

	@Test
	void hasEnoughProducts() {
		assertThat(this.catalogue.all()).hasSizeGreaterThanOrEqualTo(200)
			.extracting(SampleCatalogue.SampleProduct::id)
			.doesNotHaveDuplicates();
		assertThat(this.catalogue.categories()).hasSize(8);
		assertThat(this.catalogue.all()).allSatisfy((product) -> assertThat(product.price()).isPositive());
	}

	@Test
	void containsTheProductsInTheReadme() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		assertThat(readme).contains("hazel-camp-lantern");
		assertThat(this.catalogue.find("hazel-camp-lantern")).isPresent();
	}

	@Test
	void isTheSameEverywhere() {
		assertThat(new SampleCatalogue().all()).isEqualTo(this.catalogue.all());
	}

	@Test
	void drawsADifferentPictureForEachProduct() throws IOException {
		ProductImageRenderer picture = new ProductImageRenderer();
		for (SampleCatalogue.SampleProduct product : this.catalogue.all()) {
			BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.draw(product)));
			assertThat(image.getRGB(200, 210)).as("the silhouette of " + product.id())
				.isNotEqualTo(image.getRGB(200, 395));
		}
	}

}
