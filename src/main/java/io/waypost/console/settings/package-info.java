/**
 * Settings pages: your account, and for administrators users, API tokens, sources and
 * tenants.
 */
@NullMarked
package io.waypost.console.settings;

import org.jspecify.annotations.NullMarked;
