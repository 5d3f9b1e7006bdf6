package io.waypost.access.command;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.AdminCommand;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicUrl;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.access.key.ApiTokens;
import io.waypost.access.key.Sources;
import io.waypost.access.key.TokenScope;
import io.waypost.access.tenant.Tenants;
import io.waypost.access.user.RoleMapper;
import io.waypost.access.user.UserAccounts;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Carries out one {@code admin} command. Secrets are printed once and are not stored in
 * clear text.
 */
@Component
public class AdminCommandLine {

	/** Shown for a missing or wrong command. */
	public static final String USAGE = """
			Usage: java -jar waypost.jar admin <command> [options]
			  create-tenant --id <tenant>
			  create-user   --tenant <tenant> --name <name> --roles <ROLE,ROLE>
			  create-source --tenant <tenant> --name <name>
			  create-token  --tenant <tenant> --name <name> --roles <ROLE,ROLE> [--scopes <READ,WRITE,DRAFT>]
			  list-tenants
			  assign-region --tenant <tenant> [--region <region>]
			  rotate-master-key
			  rotate-link-key
			  withhold-queued-sends --reason <reason>
			Roles: %s
			The database is the one of SPRING_DATASOURCE_URL; without it, the embedded one in waypost.data-dir.
			""".formatted(Arrays.toString(Role.values()));

	private static final String ACTOR = "system:command-line";

	private final Tenants tenants;

	private final UserAccounts users;

	private final Sources sources;

	private final ApiTokens tokens;

	private final PublicUrl publicUrl;

	private final ObjectProvider<AdminCommand> commands;

	AdminCommandLine(Tenants tenants, UserAccounts users, Sources sources, ApiTokens tokens, PublicUrl publicUrl,
			ObjectProvider<AdminCommand> commands) {
		this.tenants = tenants;
		this.users = users;
		this.sources = sources;
		this.tokens = tokens;
		this.publicUrl = publicUrl;
		this.commands = commands;
	}

	/**
	 * Carries out a command.
	 * @param arguments the command and its options
	 * @param out gets the result
	 * @param errors gets what is wrong and how to fix it
	 * @return exit code: 0 done, 1 refused, 2 wrong usage
	 */
	public int run(List<String> arguments, PrintStream out, PrintStream errors) {
		try {
			String command = arguments.isEmpty() ? "" : arguments.getFirst();
			Map<String, String> options = options(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
			out.println(TenantScope.all(() -> execute(command, options)));
			return 0;
		}
		catch (InvalidRequestException ex) {
			errors.println(ex.getBody().getDetail());
			return 1;
		}
		catch (IllegalArgumentException ex) {
			errors.println(ex.getMessage());
			errors.println(USAGE);
			return 2;
		}
	}

	private String execute(String command, Map<String, String> options) {
		return switch (command) {
			case "create-tenant" -> createTenant(options);
			case "create-user" -> createUser(options);
			case "create-source" -> createSource(options);
			case "create-token" -> createToken(options);
			case "list-tenants" -> listTenants();
			case "assign-region" -> assignRegion(options);
			default -> executeOfModule(command, options);
		};
	}

	private String executeOfModule(String name, Map<String, String> options) {
		return this.commands.stream()
			.filter((command) -> command.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown command '%s'".formatted(name)))
			.run(options);
	}

	private String createTenant(Map<String, String> options) {
		TenantId id = new TenantId(required("id", options));
		this.tenants.create(id, ACTOR);
		return "Created tenant " + id;
	}

	private String assignRegion(Map<String, String> options) {
		String region = options.get("region");
		return TenantScope.anywhere(() -> {
			this.tenants.assignRegion(tenant(options), region, ACTOR);
			return (region != null) ? "Assigned tenant %s to the region %s".formatted(tenant(options), region)
					: "Tenant %s is served in every region".formatted(tenant(options));
		});
	}

	private String createUser(Map<String, String> options) {
		User user = new User(tenant(options), required("name", options), roles(options));
		UserAccounts.Invitation invitation = this.users.invite(user, ACTOR);
		return "Created user %s. To choose a password before %s, open %s".formatted(user.name(), invitation.expiresAt(),
				this.publicUrl.of(invitation.path()));
	}

	private String createSource(Map<String, String> options) {
		Source source = new Source(tenant(options), required("name", options));
		return "Created source %s. Its write key, shown once: %s".formatted(source.name(),
				this.sources.create(source, ACTOR).secret());
	}

	private String createToken(Map<String, String> options) {
		Caller caller = new Caller(tenant(options), required("name", options), roles(options));
		Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
		for (String scope : StringUtils.commaDelimitedListToSet(options.getOrDefault("scopes", "READ,WRITE"))) {
			scopes.add(TokenScope.valueOf(scope.trim()));
		}
		this.tenants.requireExisting(caller.tenant());
		return "Created token %s. Its secret, shown once: %s".formatted(caller.name(),
				this.tokens.create(caller, scopes, null, ACTOR));
	}

	private String listTenants() {
		StringBuilder lines = new StringBuilder();
		this.tenants.list("", Integer.MAX_VALUE)
			.forEach((tenant) -> lines.append("%s: %d users, %d sources%s%n".formatted(tenant.id(), tenant.users(),
					tenant.sources(), (tenant.region() != null) ? ", region " + tenant.region() : "")));
		return lines.toString().stripTrailing();
	}

	private static TenantId tenant(Map<String, String> options) {
		return new TenantId(required("tenant", options));
	}

	private static Set<Role> roles(Map<String, String> options) {
		List<@Nullable String> names = Arrays
			.asList(StringUtils.tokenizeToStringArray(required("roles", options), ","));
		return RoleMapper.parse(names, "--roles");
	}

	private static String required(String option, Map<String, String> options) {
		String value = options.get(option);
		if (value == null) {
			throw new IllegalArgumentException("Option --%s is missing".formatted(option));
		}
		return value;
	}

	private static Map<String, String> options(List<String> arguments) {
		Map<String, String> options = new LinkedHashMap<>();
		for (int index = 0; index < arguments.size(); index += 2) {
			String name = arguments.get(index);
			if (!name.startsWith("--") || index + 1 == arguments.size()) {
				throw new IllegalArgumentException("'%s' is not an option with a value".formatted(name));
			}
			options.put(name.substring(2), arguments.get(index + 1));
		}
		return options;
	}

}
