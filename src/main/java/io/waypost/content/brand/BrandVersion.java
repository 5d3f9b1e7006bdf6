package io.waypost.content.brand;

import java.time.Instant;

import io.waypost.content.BrandKit;

/** A version of a brand kit as the API lists it. */
public record BrandVersion(String key, BrandKit kit, boolean live, Instant createdAt) {

}
