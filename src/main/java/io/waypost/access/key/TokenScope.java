package io.waypost.access.key;

/** What an API token may do with the rights of its roles. */
public enum TokenScope {

	/** Requests that change nothing: GET. */
	READ,

	/** Requests that change something. */
	WRITE,

	/** Drafts of content and campaigns through the MCP server. */
	DRAFT,

	/** Users and groups by SCIM, with the right to manage users; nothing else. */
	SCIM

}
