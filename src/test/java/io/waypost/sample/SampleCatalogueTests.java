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

	private final SampleCatalogue assortment = new SampleCatalogue();

	@Test
	void stocksEnoughGoodsToLookLikeAShop() {
		assertThat(this.assortment.all()).hasSizeGreaterThanOrEqualTo(200)
			.extracting(SampleCatalogue.SampleProduct::id)
			.doesNotHaveDuplicates();
		assertThat(this.assortment.categories()).hasSize(8);
		assertThat(this.assortment.all()).allSatisfy((goods) -> assertThat(goods.price()).isPositive());
	}

	@Test
	void sellsWhatTheReadmeTriesOut() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		assertThat(readme).contains("hazel-camp-lantern");
		assertThat(this.assortment.find("hazel-camp-lantern")).isPresent();
	}

	@Test
	void isTheSameEverywhere() {
		assertThat(new SampleCatalogue().all()).isEqualTo(this.assortment.all());
	}

	@Test
	void everyProductHasAPictureOfItsOwn() throws IOException {
		ProductImageRenderer picture = new ProductImageRenderer();
		for (SampleCatalogue.SampleProduct goods : this.assortment.all()) {
			BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.draw(goods)));
			assertThat(image.getRGB(200, 210)).as("the silhouette of " + goods.id())
				.isNotEqualTo(image.getRGB(200, 395));
		}
	}

}
