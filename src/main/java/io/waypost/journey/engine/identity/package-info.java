/**
 * Users, groups, tenants and permissions of the engine, read from the module
 * {@code access}.
 */
@NullMarked
package io.waypost.journey.engine.identity;

import org.jspecify.annotations.NullMarked;
